/** The executor's options, as `schema.json` has them. */
export interface BuildOptions {
  readonly platform: string;
  readonly profile?: string;
  readonly features?: readonly string[];
  /** Says nothing of what is built: it is in no key but that of the run that says it. */
  readonly fixInputs?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}
