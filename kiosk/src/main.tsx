import { render } from "preact";
import { App } from "./App.tsx";
import { TIMING } from "./session/session.ts";
import { openShell } from "./shell.ts";

const root = document.getElementById("mirror");
if (root) render(<App shell={openShell()} timing={TIMING} />, root);
