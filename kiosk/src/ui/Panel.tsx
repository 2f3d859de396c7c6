import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What a shopper reads and touches on a screen. Its heading takes the focus, so that speech and keyboard begin there. */
export function Panel({
  title,
  children,
  wide,
}: {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class={wide ? "panel wide" : "panel"}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </section>
  );
}
