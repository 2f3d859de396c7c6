import { get } from "../../profile/keyed.ts";
import { localText } from "../text.ts";
import type { Maker } from "./maker.ts";

/** The creative that the page's address names. */
export const makeEcho: Maker<"echoCreative"> = ({ parameter, creatives, title, text }, { context }) => {
  const { query, language } = context.page;
  const said = get(query, parameter);
  const creative = creatives.find(({ value }) => value === said);
  if (said === undefined || !creative) return undefined;
  const { href, image, alt, label } = creative;
  return {
    href,
    texts: {
      ...(title && { title }),
      ...(text && { text }),
      ...(creative.title && { title: creative.title }),
      ...(creative.text && { text: creative.text }),
      ...(label && { label }),
    },
    ...(image && { image: { src: image, alt: alt ? localText(alt, language) : "" } }),
  };
};
