import type { Product } from "@vitrine/core";
import { safeUrl } from "@vitrine/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { initialsOf } from "./format.ts";

/** A product's picture, or its initials where there is none or it does not load. */
export function Thumbnail({
  product,
  big = false,
}: {
  product: Partial<Product>;
  big?: boolean;
}): JSX.Element {
  const [isBroken, setBroken] = useState(false);
  const image = pictureOf(product);
  return (
    <span class={big ? "thumb big" : "thumb"} aria-hidden="true">
      {image && !isBroken ? (
        <img src={image} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        initialsOf(product.name ?? product.id ?? "?")
      )}
    </span>
  );
}

/** Pictures with a path of the shop's own cannot be found from here, which is another origin. */
function pictureOf({ image, url }: Partial<Product>): string | undefined {
  const safe = safeUrl(image);
  if (!safe || /^https?:/i.test(safe)) return safe;
  return url && /^https?:/i.test(url) ? URL.parse(safe, url)?.href : undefined;
}
