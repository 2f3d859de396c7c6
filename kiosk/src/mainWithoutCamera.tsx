import { render } from "preact";
import { AppWithoutCamera } from "./AppWithoutCamera.tsx";
import { CUBICLE_TIMING } from "./session/session.ts";
import { openShell } from "./shell.ts";

const root = document.getElementById("mirror");
if (root) render(<AppWithoutCamera shell={openShell()} timing={CUBICLE_TIMING} />, root);
