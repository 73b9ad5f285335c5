/** The executor's options, as `schema.json` has them. */
export interface BuildOptions {
  readonly platform: string;
  readonly profile?: string;
  readonly features?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}
