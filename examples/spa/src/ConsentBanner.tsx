import { useEffect, useState } from "preact/hooks";
import { useVitrine } from "@vitrine/preact";

/** Where the shop's other pages keep the same choice. */
const KEY = "shop-consent";
const PURPOSES = ["analytics", "personalization", "marketing"] as const;
type Word = "granted" | "denied";

/** Asks once. Until there is an answer nothing is kept or sent. */
export function ConsentBanner() {
  const vitrine = useVitrine();
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    const known = localStorage.getItem(KEY);
    if (known) void vitrine?.consent(JSON.parse(known) as Record<string, Word>);
    else setAsked(true);
  }, []);
  const answer = (word: Word) => {
    const words = Object.fromEntries(PURPOSES.map((purpose) => [purpose, word]));
    localStorage.setItem(KEY, JSON.stringify(words));
    void vitrine?.consent(words);
    setAsked(false);
  };
  if (!isAsked) return null;
  return (
    <section class="consent" aria-label="Privacy choices">
      <p>May we remember what you look at, to show you more of it? You can shop without.</p>
      <div>
        <button type="button" data-consent="denied" onClick={() => answer("denied")}>
          Decline
        </button>
        <button type="button" data-consent="granted" onClick={() => answer("granted")}>
          Accept
        </button>
      </div>
    </section>
  );
}
