import { de } from "./de.ts";
import type { Strings } from "./en.ts";
import { en } from "./en.ts";
import type { Languages } from "./languages.ts";

/** What a kiosk without a camera says otherwise: nothing is recorded, and nobody is seen. */
const otherwise: Record<"en" | "de", Partial<Strings>> = {
  en: {
    idleTitle: "Another size? Brought to you.",
    idleText: "Scan a label, or touch the screen.",
    helloTitle: "Hello.",
    helloText: "Scan the label of what you are trying on: see its other sizes, and have one brought to you.",
    pairText: "Your phone opens the screen again if it closes. You choose there what it shows.",
    scanHint: "Scan the label with the hand scanner, or type its number.",
    goodbyeText: "Everything you scanned here is forgotten.",
    lockedTitle: "Someone's list is waiting",
    lockedText: "Open it again with the phone that was paired. After ten minutes it is deleted.",
    stillThereText: (seconds) => `In ${seconds} seconds this screen closes.`,
    offline: "The shop's server cannot be reached now. Please ask our staff.",
    phoneLetGo:
      "The shop's server cannot be reached, so this screen let go of your phone. Your list stays until you are done; pair again to lock it.",
    phoneForgotten:
      "The shop's server does not know your phone any more, so this screen let go of it. Your list stays until you are done; pair again to lock it.",
    enrolTitle: "Set this screen up",
  },
  de: {
    idleTitle: "Andere Größe? Wir bringen sie.",
    idleText: "Scannen Sie ein Etikett, oder berühren Sie den Bildschirm.",
    helloTitle: "Hallo.",
    helloText: "Scannen Sie das Etikett: Sie sehen die anderen Größen und lassen sich eine bringen.",
    pairText: "Ihr Telefon öffnet den Bildschirm wieder, wenn er schließt. Dort wählen Sie, was er zeigt.",
    scanHint: "Scannen Sie das Etikett mit dem Handscanner, oder tippen Sie die Nummer.",
    goodbyeText: "Alles, was Sie hier gescannt haben, ist vergessen.",
    lockedTitle: "Hier wartet die Liste von jemandem",
    lockedText: "Öffnen Sie sie mit dem verbundenen Telefon. Nach zehn Minuten wird sie gelöscht.",
    stillThereText: (seconds) => `In ${seconds} Sekunden schließt dieser Bildschirm.`,
    offline: "Der Server des Geschäfts ist nicht erreichbar. Bitte fragen Sie unser Personal.",
    phoneLetGo:
      "Der Server des Geschäfts ist nicht erreichbar, darum hat dieser Bildschirm Ihr Telefon freigegeben. Ihre Liste bleibt, bis Sie fertig sind; verbinden Sie es neu, um sie zu sperren.",
    phoneForgotten:
      "Der Server des Geschäfts kennt Ihr Telefon nicht mehr, darum hat dieser Bildschirm es freigegeben. Ihre Liste bleibt, bis Sie fertig sind; verbinden Sie es neu, um sie zu sperren.",
    enrolTitle: "Diesen Bildschirm einrichten",
  },
};

/** What a kiosk without a camera speaks. */
export const WITHOUT_CAMERA: Languages = {
  en: { ...en, ...otherwise.en },
  de: { ...de, ...otherwise.de },
};
