import type { JSX } from "preact";

/** Outlines on a 24 × 24 grid, drawn with the colour of the text around them. */
const PATHS = {
  overview: "M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-4H4zM14 8h6V4h-6z",
  events: "M3 12h4l2.5-7 5 14L17 12h4",
  customers:
    "M16 20v-1.5a3.5 3.5 0 0 0-3.5-3.5h-5A3.5 3.5 0 0 0 4 18.5V20M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M20 20v-1.5a3.5 3.5 0 0 0-2.6-3.4M15.5 4.7a3.5 3.5 0 0 1 0 6.6",
  rules: "M5 4v16M12 4v16M19 4v16M3 9h4M10 15h4M17 8h4",
  keys: "M14.5 9.5 21 3M17.5 6.5l2.5 2.5M8.5 20a5 5 0 1 0 0-10 5 5 0 0 0 0 10",
  audit: "M7 3h8l4 4v14H7zM14 3v5h5M10 13h6M10 17h6",
  eye: "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  grid: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
  filter: "M3 5h18l-7 8.5V19l-4 2v-7.5z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M20 20l-4-4",
  bag: "M5 8h14l1 13H4zM9 8V7a3 3 0 0 1 6 0v1",
  bagMinus: "M5 8h14l1 13H4zM9 8V7a3 3 0 0 1 6 0v1M9 15h6",
  card: "M3 6h18v12H3zM3 10.5h18M7 15h3",
  check: "m4.5 12.5 5 5 10-11",
  cross: "m6 6 12 12M18 6 6 18",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  heart: "M12 20s-8-4.8-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.2 12 20 12 20",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5a7.5 7.5 0 0 1 15 0",
  shield: "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6z",
  page: "M6 3h8l4 4v14H6zM13 3v5h5",
  dot: "M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  ruler: "M3 16.5 16.5 3 21 7.5 7.5 21zM7 12.5l2 2M10.5 9l2 2M14 5.5l2 2",
  star: "m12 4 2.5 5.2 5.5.7-4 3.9 1 5.7-5-2.8-5 2.8 1-5.7-4-3.9 5.5-.7z",
  shop: "M4 10v10h16V10M3 10l2-6h14l2 6M3 10a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0M10 20v-5h4v5",
  globe:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3",
  phone: "M7 3h10v18H7zM11 18h2",
  mirror: "M7 2.5h10V17H7zM10 8.5l3-3M10 12.5l5-5M12 17v4.5M8.5 21.5h7",
  till: "M5 21V10h14v11zM8 10V4h8v6M8.5 14h1M11.5 14h1M14.5 14h1M8.5 17h7",
  server: "M4 4h16v7H4zM4 13h16v7H4zM8 7.5h.01M8 16.5h.01",
  link: "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.5l3.5 2",
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  chevron: "m9 5 7 7-7 7",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17.5v.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.5v.01",
  plus: "M12 5v14M5 12h14",
  history: "M4 5v5h5M4.5 10A8 8 0 1 1 4 13.5M12 8v4.5l3 2",
  signOut: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
  spark: "M12 3v5M12 16v5M3 12h5M16 12h5M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3",
} satisfies Record<string, string>;

/** Names of the icons. */
export type IconName = keyof typeof PATHS;

/** An icon. It says nothing to a screen reader: the text beside it does. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
