import type { Lease } from "../session/lease.ts";
import type { SharedEvent } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "./Button.tsx";

/** Leads to pairing, or to what the paired phone lent. */
export function PhoneButton({
  lease,
  send,
}: {
  lease: Lease | undefined;
  send: (event: SharedEvent) => void;
}) {
  const words = useStrings();
  if (lease?.profile)
    return <Button onPress={() => send({ type: "go", place: "offers" })}>{words.forYou}</Button>;
  return (
    <Button onPress={() => send({ type: "go", place: "pair" })}>{lease ? words.paired : words.pair}</Button>
  );
}
