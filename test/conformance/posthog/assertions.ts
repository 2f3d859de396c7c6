import { expect } from "@esm-bundle/chai";
import type { JsonObject } from "@vitrine/core";
import type { Adapter } from "./adapter.ts";
import type { MockEvent, MockRequest } from "./mockServer.ts";

type Params = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;

const requestsOf = ({ mock }: Adapter, atLeast = 1): MockRequest[] => {
  expect(mock.requests.length).to.be.at.least(atLeast, "requests");
  return mock.requests;
};
const eventsOf = (adapter: Adapter): MockEvent[] => requestsOf(adapter).flatMap(({ body }) => body.batch);
const firstEvent = (adapter: Adapter) => eventsOf(adapter)[0] as unknown as JsonObject;
const header = (request: MockRequest, name: unknown) => request.headers.get(name as string);
const chosen = (adapter: Adapter, index: unknown = 0): MockRequest =>
  requestsOf(adapter).at(index as number)!;

const isUnique = (uuids: unknown[]) => expect(new Set(uuids).size).to.equal(uuids.length, "unique ids");

/** The first two requests name the same events with the same values. */
const isPreserved = (adapter: Adapter, field: "uuid" | "timestamp") => {
  const [first, second] = requestsOf(adapter, 2).map(({ body }) => body.batch.map((event) => event[field]));
  expect(second).to.deep.equal(first);
};

const isRfc3339 = (value: unknown) => expect(value).to.be.a("string").and.match(RFC_3339_UTC);

const delayOf = (adapter: Adapter): number => {
  const [first, second] = requestsOf(adapter, 2);
  return second!.at - first!.at;
};

/** A value by its rule: `expected` is compared, `exists` and `absent` ask for presence. */
const meets = (holder: object, key: unknown, { expected, exists, absent }: Params) => {
  if (absent) return expect(holder).not.to.have.property(key as string);
  if (exists || expected === undefined) expect(holder).to.have.property(key as string);
  return expected === undefined || expect((holder as JsonObject)[key as string]).to.deep.equal(expected);
};

/** The assertions of the contract, as `test_actions.yaml` explains them. */
export const ASSERTIONS: Record<string, (params: Params, adapter: Adapter) => unknown> = {
  assert_request_count: ({ expected }, { mock }) => expect(mock.requests.length).to.equal(expected),
  assert_sdk_did_not_retry: (_, { mock }) => expect(mock.requests.length).to.equal(1),
  assert_request_count_gte: ({ expected }, adapter) => requestsOf(adapter, expected as number),
  assert_request_path: ({ expected }, adapter) =>
    requestsOf(adapter).forEach(({ path }) => expect(path).to.equal(expected)),
  assert_no_requests_to_paths: ({ paths }, adapter) =>
    requestsOf(adapter).forEach(({ path }) => expect(paths).not.to.include(path)),

  assert_request_has_header: ({ header: name, expected }, adapter) =>
    requestsOf(adapter).forEach((request) => expect(header(request, name)).to.equal(expected)),
  assert_header_absent: ({ header: name }, adapter) =>
    requestsOf(adapter).forEach((request) => expect(header(request, name)).to.equal(null)),
  assert_header_value_matches: ({ header: name, pattern }, adapter) =>
    expect(header(chosen(adapter), name) ?? "").to.match(new RegExp(pattern as string)),
  assert_header_is_uuid: ({ header: name }, adapter) => expect(header(chosen(adapter), name)).to.match(UUID),
  assert_header_is_rfc3339: ({ header: name }, adapter) => isRfc3339(header(chosen(adapter), name)),
  assert_header_is_integer: ({ header: name, expected }, adapter) =>
    expect(header(chosen(adapter), name)).to.equal(String(expected)),
  assert_authorization_bearer_token: ({ expected = "" }, adapter) =>
    expect(header(chosen(adapter), "authorization")).to.match(new RegExp(`^Bearer ${expected as string}`)),
  assert_attempt_header_increments: (_, adapter) =>
    requestsOf(adapter, 2).forEach((request, at) =>
      expect(header(request, "posthog-attempt")).to.equal(String(at + 1)),
    ),
  assert_request_id_preserved_on_retry: (_, adapter) => {
    const [first, second] = requestsOf(adapter, 2).map((request) => header(request, "posthog-request-id"));
    expect(first).to.match(UUID).and.equal(second);
  },
  assert_different_request_ids: (_, adapter) => {
    const [first, second] = requestsOf(adapter, 2).map((request) => header(request, "posthog-request-id"));
    expect(first).to.match(UUID).and.not.equal(second);
  },
  assert_request_timestamp_changes_on_retry: (_, adapter) => {
    const times = requestsOf(adapter, 2).map((request) => header(request, "posthog-request-timestamp"));
    expect(times[0]).not.to.equal(times[1]);
  },

  assert_token_present: ({ expected }, adapter) =>
    requestsOf(adapter).forEach(({ body }) => expect(body.api_key).to.equal(expected)),
  assert_token_present_client: ({ expected }, adapter) =>
    eventsOf(adapter).forEach(({ properties }) => expect(properties.token).to.equal(expected)),
  assert_batch_format: ({ has_api_key_field: hasKey }, adapter) => {
    const { body } = chosen(adapter);
    if (hasKey) expect(body.api_key).to.be.a("string");
    expect(body.batch).to.be.an("array");
  },
  assert_v1_body_format: (_, adapter) => {
    const { body } = chosen(adapter);
    isRfc3339(body.created_at);
    expect(body.batch).to.be.an("array").and.not.to.deep.equal([]);
  },
  assert_v1_created_at_recent: ({ max_age_seconds: maxAge }, adapter) =>
    expect(adapter.now() - Date.parse(chosen(adapter).body.created_at as string)).to.be.within(
      0,
      (maxAge as number) * 1000,
    ),
  assert_body_field: ({ field, ...rule }, adapter) => meets(chosen(adapter).body, field, rule),
  assert_body_field_absent: ({ fields }, adapter) =>
    expect(chosen(adapter).body).not.to.have.any.keys(fields as string[]),
  assert_events_in_batch_count: ({ expected, request_index: index }, adapter) =>
    expect(chosen(adapter, index).body.batch.length).to.equal(expected),

  assert_event_field: ({ field, expected }, adapter) => meets(firstEvent(adapter), field, { expected }),
  assert_event_has_field: ({ field }, adapter) => meets(firstEvent(adapter), field, {}),
  assert_event_field_is_string: ({ field }, adapter) =>
    eventsOf(adapter).forEach((event) => expect(event[field as "event"]).to.be.a("string")),
  assert_event_field_is_rfc3339: ({ field, expected }, adapter) => {
    const value = firstEvent(adapter)[field as string];
    isRfc3339(value);
    if (expected) expect(Date.parse(value as string)).to.equal(Date.parse(expected as string));
  },
  assert_event_field_not_in_properties: ({ field }, adapter) => {
    for (const event of eventsOf(adapter)) {
      expect(event[field as "event"]).not.to.equal(undefined);
      expect(event.properties).not.to.have.property(field as string);
    }
  },
  assert_event_property: ({ property, ...rule }, adapter) =>
    meets(firstEvent(adapter).properties as JsonObject, property, rule),
  assert_event_property_is_object: ({ property }, adapter) =>
    expect((firstEvent(adapter).properties as JsonObject)[property as string]).to.be.an("object"),
  assert_event_option: ({ option, request_index: index, ...rule }, adapter) =>
    meets(chosen(adapter, index).body.batch[0]!.options ?? {}, option, rule),
  assert_v1_event_format: (_, adapter) =>
    eventsOf(adapter).forEach((event) => {
      expect(event).to.include.keys("event", "uuid", "distinct_id", "timestamp");
      for (const field of ["event", "uuid", "distinct_id", "timestamp"] as const)
        expect(event[field]).to.be.a("string").and.not.equal("");
    }),

  assert_uuid_format: ({ field }, adapter) =>
    eventsOf(adapter).forEach((event) => expect(event[field as "uuid"]).to.match(UUID)),
  assert_all_uuids_unique: (_, adapter) => isUnique(eventsOf(adapter).map(({ uuid }) => uuid)),
  assert_different_uuids: (_, adapter) => {
    expect(eventsOf(adapter).length).to.be.at.least(2);
    isUnique(eventsOf(adapter).map(({ uuid }) => uuid));
  },
  assert_no_duplicate_events_in_batch: (_, adapter) =>
    requestsOf(adapter).forEach(({ body }) => isUnique(body.batch.map(({ uuid }) => uuid))),
  assert_uuid_preserved_on_retry: (_, adapter) => isPreserved(adapter, "uuid"),
  assert_timestamp_preserved_on_retry: (_, adapter) => isPreserved(adapter, "timestamp"),
  assert_partial_batch_retry_pruning: (_, adapter) => {
    const [first, second] = requestsOf(adapter, 2);
    const toRetry = first!.body.batch.filter((_event, at) => first!.words[at] === "retry");
    expect(second!.body.batch.map(({ uuid }) => uuid)).to.deep.equal(toRetry.map(({ uuid }) => uuid));
  },

  assert_final_success: (_, adapter) =>
    expect(requestsOf(adapter).map(({ status }) => status)).to.include(200),
  assert_retry_delay: ({ min_delay_ms: minMs }, adapter) =>
    expect(delayOf(adapter)).to.be.at.least(minMs as number),
  assert_backoff_implemented: ({ min_first_delay_ms: minMs }, adapter) =>
    expect(delayOf(adapter)).to.be.at.least(minMs as number),
};
