import { nextLanguage, useStrings, type Languages } from "../strings/languages.ts";
import type { Comfort } from "../comfort/useComfort.ts";
import { Button } from "./Button.tsx";

/** What changes how the mirror is used; on every screen, at the bottom. `canLower`: not all of the glass is within reach. */
export function Corner({
  comfort,
  languages,
  canLower,
}: {
  comfort: Comfort;
  languages: Languages;
  canLower: boolean;
}) {
  const words = useStrings();
  const { language, setLanguage, isLow, setLow, speech } = comfort;
  const next = nextLanguage(language);
  return (
    <nav class="corner">
      <Button kind="quiet" lang={next} onPress={() => setLanguage(next)}>
        {languages[next]!.language}
      </Button>
      {canLower && (
        <Button kind="quiet" pressed={isLow} onPress={() => setLow(!isLow)}>
          {words.lower}
        </Button>
      )}
      {speech.isOffered && (
        <Button kind="quiet" pressed={speech.isOn} onPress={() => speech.turn(!speech.isOn)}>
          {words.readAloud}
        </Button>
      )}
    </nav>
  );
}
