/** Every text of the page. Another language is another object of this type. */
export const strings = {
  start: {
    title: "Your looks are here",
    lead: "They come sealed from the mirror, and only this phone has the key.",
    button: "Open my looks",
    once: "The link opens once, on one phone.",
    inApp: "You are in another app's browser, which may not save films. Choose “Open in browser” first.",
  },
  startList: {
    title: "Your list is here",
    lead: "It comes sealed from the fitting room, and only this phone has the key.",
    button: "Open my list",
    once: "The link opens once, on one phone.",
    inApp: "The link opens once, on one phone.",
  },
  list: {
    title: "What you tried on",
    store: (store: string) => `Store: ${store}`,
    number: (sku: string) => `No. ${sku}`,
    share: "Share the list",
    copied: "Copied.",
    notShared: "Sharing did not work here. Take a picture of the screen instead.",
    ask: "Delete your list from the shop and from this page?",
  },
  noKey: {
    title: "The link is incomplete",
    text: "Its key is missing. Scan the code on the mirror once more.",
  },
  opening: "Opening …",
  reading: {
    title: "Bringing them over",
    progress: "Received",
    of: (have: string, all: string) => `${have} of ${all} MB`,
  },
  looks: {
    title: "Your looks",
    look: (n: number) => `Look ${n}`,
    size: (size: string) => `size ${size}`,
    choose: "Choose a look",
    play: "Play",
    pause: "Pause",
    scrub: "Moment",
    save: "Save",
    share: "Share",
    compare: "Compare two",
    saved: "Handed to your downloads.",
    shareFailed: "Sharing did not work here. Save it instead.",
    photos: "iPhones do not take this format (WebM) into Photos. Save puts it into Files.",
    inApp: "The browser inside this app may not save films. Share may work.",
    unplayable: "This browser cannot play this format (WebM, VP9). You can still save it.",
    damaged: "This look arrived damaged and does not open.",
    loading: "Opening the look …",
    leaves: (minutes: number) =>
      minutes <= 0
        ? "The shop's sealed copy is gone. What you see is on this phone, while this page is open."
        : `The shop's sealed copy goes by itself in ${minutes} min. What you save is yours.`,
  },
  compare: {
    title: "Side by side",
    back: "Back",
    preparing: "Preparing both looks",
    scrub: "Turn both looks",
    steps: {
      angle: "In step by the angle of your body",
      time: "In step by time",
      unclear: "In step by time: a turn was not clear enough to match by angle",
    },
    left: "Left",
    right: "Right",
  },
  remove: {
    button: "Delete now",
    ask: "Delete your looks from the shop and from this page?",
    yes: "Delete",
    no: "Keep",
    failed: "The shop did not answer. Try again; it deletes them by itself within ten minutes.",
  },
  ended: {
    gone: {
      title: "This link has ended",
      text: "It was opened before, deleted, or its ten minutes are over. Ask the mirror for another.",
    },
    deleted: {
      title: "Deleted",
      text: "The shop has nothing of your looks any more, and neither has this page.",
    },
    deletedList: {
      title: "Deleted",
      text: "The shop has nothing of your list any more, and neither has this page.",
    },
    broken: {
      title: "Something is not right",
      text: "What came is not what the mirror sealed. Scan the code on the mirror once more.",
    },
  },
  stopped: {
    offline: { title: "No connection", text: "What came so far is kept; nothing is lost." },
    not_ready: { title: "The mirror is still sending", text: "Give it a moment." },
    button: "Try again",
  },
};
