import { useEffect, useState } from "preact/hooks";

/** The address as the app shows it. Clicks on links of the app change it without a page load, also those in slots. */
export function usePath(first: string): string {
  const [path, setPath] = useState(first);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    const click = (event: MouseEvent) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
      const isOurs = link?.origin === location.origin && link.pathname.startsWith("/app/");
      if (
        !isOurs ||
        event.defaultPrevented ||
        event.button ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      history.pushState({}, "", link.href);
      follow();
      scrollTo(0, 0);
      document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
    };
    addEventListener("popstate", follow);
    document.addEventListener("click", click);
    return () => {
      removeEventListener("popstate", follow);
      document.removeEventListener("click", click);
    };
  }, []);
  return path;
}
