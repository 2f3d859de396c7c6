import type { ComponentChildren } from "preact";
import { Heading } from "./Heading.tsx";

/** What a shopper reads and touches on a screen. */
export function Panel({
  title,
  children,
  wide,
}: {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
}) {
  return (
    <section class={wide ? "panel wide" : "panel"}>
      <Heading>{title}</Heading>
      {children}
    </section>
  );
}
