import "preact/debug";
import { createElement, Fragment, hydrate, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appOf } from "./app.ts";

const root = document.getElementById("root")!;
const app = createElement(appOf({ createElement, Fragment, useEffect, useState } as never) as never, null);
if (root.firstChild) hydrate(app, root);
else render(app, root);
