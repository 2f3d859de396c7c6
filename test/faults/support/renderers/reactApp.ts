import { createElement, Fragment, useEffect, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { appOf } from "./app.ts";

const root = document.getElementById("root")!;
const app = createElement(appOf({ createElement, Fragment, useEffect, useState } as never) as never);
const onRecoverableError = (error: unknown) => console.error(`hydration: ${String(error)}`);
if (root.firstChild) hydrateRoot(root, app, { onRecoverableError });
else createRoot(root).render(app);
