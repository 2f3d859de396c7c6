import { renderToString } from "preact-render-to-string";
import { App, titleOf, type AppProps } from "./App.tsx";

/** A view as the server sends it: its markup, and the title of the page. */
export function renderApp(props: AppProps): { html: string; title: string } {
  return { html: renderToString(<App {...props} />), title: titleOf(props.path, props.articles) };
}
