/** Cases where Vitrine differs from the contract on purpose, for one reason. */
export interface Difference {
  /** `suite/name` of each case. */
  cases: string[];
  reason: string;
  /** The step at which each of them fails as published. Absent: not run, since it would say nothing about the SDK. */
  failsAt?: string;
}

/** All differences. A case that passes as published must leave the list. */
export const DIFFERENCES: Difference[] = [
  {
    cases: [
      "capture/does_not_retry_on_400",
      "capture/does_not_retry_on_401",
      "capture/does_not_retry_on_403",
    ],
    failsAt: "assert_request_count",
    reason:
      "A refusal of everything drops nothing: gateways, captive portals and a key that was turned over answer so for a while. It is asked again, less and less; one event is given up only after the collector took others.",
  },
  {
    cases: ["capture/does_not_retry_on_413"],
    failsAt: "assert_request_count",
    reason: "A batch refused whole is halved until the culprit is alone, and then set aside as above.",
  },
  {
    cases: [
      "capture_v1/does_not_retry_on_400",
      "capture_v1/does_not_retry_on_401",
      "capture_v1/does_not_retry_on_402",
      "capture_v1/does_not_retry_on_413",
      "capture_v1/does_not_retry_on_415",
      "capture_v1/does_not_retry_on_unknown_4xx",
    ],
    failsAt: "assert_sdk_did_not_retry",
    reason: "As in the older protocol: a refusal of everything drops nothing.",
  },
  {
    cases: ["capture/max_retries_respected", "capture_v1/max_retries_respected"],
    failsAt: "assert_request_count",
    reason:
      "There is no last try: what is stored stays until it is acknowledged or pushed out for want of space, and is then reported. Tries grow apart, to fewer than 300 a day.",
  },
  {
    cases: ["capture/event_has_required_fields_client", "capture/distinct_id_is_string_client"],
    failsAt: "assert_event_property",
    reason:
      "For SDKs that write the person into each event's properties; Segment's envelope has a field for it.",
  },
  {
    cases: ["capture/token_is_present_client"],
    failsAt: "assert_token_present_client",
    reason: "For SDKs that write the key into each event's properties; ours stands once in the batch.",
  },
  {
    cases: ["capture/event_has_lib_properties"],
    failsAt: "assert_event_property",
    reason: "Properties are the shop's own. Nothing of ours is mixed in.",
  },
  {
    cases: [
      "capture/non_utc_event_timestamp_is_converted_to_utc",
      "capture_v1/non_utc_event_timestamp_is_converted_to_utc",
    ],
    failsAt: "assert_event_field_is_rfc3339",
    reason:
      "A page cannot set an event's time: the SDK stamps it, always in UTC. Imports with times of their own go from server to server.",
  },
  {
    cases: ["capture/sends_gzip_when_enabled", "capture_v1/sends_gzip_content_encoding"],
    failsAt: "assert_request_has_header",
    reason: "A compressed body would need a header, and with it a preflight from every page.",
  },
  {
    cases: [
      "capture_v1/sends_deflate_content_encoding",
      "capture_v1/sends_br_content_encoding",
      "capture_v1/sends_zstd_content_encoding",
    ],
    failsAt: "assert_request_has_header",
    reason: "As for gzip; the contract itself asks this only of SDKs that have the encoding.",
  },
  {
    cases: ["capture_v1/targets_v1_endpoint"],
    failsAt: "assert_request_path",
    reason: "The path is the collector's own, with a prefix of the merchant's choice.",
  },
  {
    cases: ["capture_v1/has_authorization_bearer_header", "capture_v1/batch_envelope_smoke"],
    failsAt: "assert_authorization_bearer_token",
    reason: "The site key is public and stands in the body: a header would need a preflight.",
  },
  {
    cases: ["capture_v1/no_api_key_in_body", "capture_v1/no_sent_at_in_body"],
    failsAt: "assert_body_field_absent",
    reason: "Key and time of the attempt stand in the body, for the same preflight.",
  },
  {
    cases: ["capture_v1/has_content_type_json", "capture_v1/has_posthog_sdk_info_format"],
    failsAt: "assert_header_value_matches",
    reason:
      "A request is `text/plain` and has no header of its own: that is what browsers send without a preflight.",
  },
  {
    cases: ["capture_v1/has_user_agent"],
    failsAt: "assert_header_value_matches",
    reason: "The browser writes it on the wire; a page neither sets nor sees it.",
  },
  {
    cases: ["capture_v1/has_posthog_attempt_header", "capture_v1/attempt_header_starts_at_one"],
    failsAt: "assert_header_is_integer",
    reason:
      "A retry may be another cut of the rows, so requests are not numbered; the ids of the events are what counts.",
  },
  {
    cases: [
      "capture_v1/attempt_header_increments_on_retry",
      "capture_v1/partial_retry_attempt_header_increments",
    ],
    failsAt: "assert_attempt_header_increments",
    reason: "As above.",
  },
  {
    cases: ["capture_v1/has_posthog_request_id"],
    failsAt: "assert_header_is_uuid",
    reason: "A request has no id: events have, and the collector drops repeats by it.",
  },
  {
    cases: ["capture_v1/request_id_preserved_on_retry", "capture_v1/partial_retry_request_id_preserved"],
    failsAt: "assert_request_id_preserved_on_retry",
    reason: "As above.",
  },
  {
    cases: ["capture_v1/different_requests_have_different_request_ids"],
    failsAt: "assert_different_request_ids",
    reason: "As above.",
  },
  {
    cases: [
      "capture_v1/cookieless_mode_override",
      "capture_v1/disable_skew_correction_override",
      "capture_v1/process_person_profile_override",
      "capture_v1/product_tour_id_override",
      "capture_v1/options_override_in_batch",
    ],
    failsAt: "assert_event_option",
    reason: "Switches of another product; there are no options by event.",
  },
  {
    cases: ["capture_v1/geoip_disable_injected_into_properties"],
    failsAt: "assert_event_property",
    reason: "Addresses are never looked up, so there is nothing to switch off.",
  },
  {
    cases: ["capture_v1/historical_migration_set_in_body"],
    failsAt: "assert_body_field",
    reason: "Imports go from server to server, with a secret key.",
  },
  {
    cases: ["capture_v1/unset_options_omitted", "capture_v1/historical_migration_absent_by_default"],
    reason: "It could not fail: there is no such option.",
  },
  {
    cases: ["capture_v1/compressed_body_is_decompressible"],
    reason: "It could not fail: no body is compressed.",
  },
  {
    cases: [
      "capture_v1/success_response_has_uuid_keyed_results",
      "capture_v1/success_response_has_ok_for_each_event",
      "capture_v1/success_no_retry_after_when_all_ok",
      "capture_v1/success_retry_after_present_when_retry_events",
      "capture_v1/success_no_retry_after_when_drop_only",
      "capture_v1/response_echoes_request_id",
      "capture_v1/retryable_errors_have_retry_after",
      "capture_v1/non_retryable_errors_have_no_retry_after",
    ],
    reason: "It checks the answers of the harness's own mock server, not what an SDK makes of them.",
  },
];
