import { hostPolicies } from "./rows/c06HostPolicies.ts";
import { testRow } from "./support/testRow.ts";

testRow(hostPolicies);
