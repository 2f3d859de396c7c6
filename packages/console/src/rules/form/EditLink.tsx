import type { JSX } from "preact";
import { linkTo } from "../../router.ts";
import { strings } from "../../strings.ts";

const { editRule, editNamed } = strings.ruleForm;

/** The way to the form of a rule. */
export const EditLink = ({ id }: { id: string }): JSX.Element => (
  <a href={linkTo("rules", id, "edit")} aria-label={editNamed(id)}>
    {editRule}
  </a>
);
