const CHANGES: ((parts: string[], at: number, random: () => number) => string[])[] = [
  // drop, double, or swap a part of path or query
  (parts, at) => parts.toSpliced(at, 1),
  (parts, at) => parts.toSpliced(at, 0, parts[at]!),
  (parts, at) => parts.with(at, parts.at(at - 1)!).with(at - 1, parts[at]!),
  // drop or swap a pair
  (parts, at) => parts.toSpliced(at, 2),
  (parts) => [...parts.slice(2, 4), ...parts.slice(0, 2), ...parts.slice(4)],
  // shorten, lengthen, or exchange a character
  (parts, at) => parts.with(at, parts[at]!.slice(0, -1)),
  (parts, at) => parts.with(at, `${parts[at]!}7`),
  (parts, at, random) => {
    const mark = "aZ5~é%/#".charAt(Math.floor(random() * 8));
    return parts.with(at, mark + parts[at]!.slice(1));
  },
  // add a pair, a part or an end
  (parts) => [...parts, "21", "77"],
  (parts) => [...parts, "99", "77"],
  (parts) => [...parts, ""],
  (parts) => ["shop", "coats", ...parts],
];

/** Changes a link in one place, so that it may or may not be one by the grammar. */
export function changeLink(link: string, random: () => number): string {
  const start = "https://id.gs1.org/";
  const [path = "", query] = link.slice(start.length).split(/\?(.*)/s);
  const change = CHANGES[Math.floor(random() * CHANGES.length)]!;
  const parts = path.split("/");
  const changed = change(parts, Math.floor(random() * parts.length), random).join("/");
  if (query === undefined || random() < 0.7)
    return `${start}${changed}${query === undefined ? "" : `?${query}`}`;
  const attributes = query.split("&");
  return `${start}${path}?${change(attributes, Math.floor(random() * attributes.length), random).join("&")}`;
}
