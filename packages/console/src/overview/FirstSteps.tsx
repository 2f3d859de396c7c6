import type { JSX } from "preact";
import type { Overview } from "../api/types.ts";
import { useResource } from "../api/useResource.ts";
import { strings } from "../strings.ts";
import { Empty } from "../ui/parts.tsx";
import { Tags } from "./Tags.tsx";

/** What to do before the first event. */
export function FirstSteps(): JSX.Element {
  const { data } = useResource<Overview>("/overview");
  return (
    <Empty icon="events" title={strings.events.emptyTitle}>
      <p>{strings.events.emptyText}</p>
      {data && <Tags overview={data} />}
    </Empty>
  );
}
