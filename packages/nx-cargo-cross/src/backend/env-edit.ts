/**
 * Edits of the environment as data, so that one rule decides who wins and the plan can say who won.
 *
 * `set` always holds; `set-if-missing` gives way to the user's own value in any spelling that the consumer reads; `append` adds words behind the
 * user's, who may have written them in any spelling: `stronger` ones hide the variable from its consumer and get the words themselves, `weaker` ones
 * would be hidden by it and lend it theirs; `prepend-path` puts a folder before a PATH-like variable; `unset` takes the variable away.
 */
export type EnvEdit =
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'set-if-missing'; readonly name: string; readonly value: string; readonly spellings: readonly string[] }
  | { readonly kind: 'append'; readonly name: string; readonly value: string; readonly stronger?: readonly string[]; readonly weaker?: readonly string[] }
  | { readonly kind: 'prepend-path'; readonly name: string; readonly value: string }
  | { readonly kind: 'unset'; readonly name: string };

export type Environment = Readonly<Record<string, string | undefined>>;

/** What became of one edit. */
export interface EnvOutcome {
  readonly name: string;
  /** The value after all edits; undefined where the variable is taken away. */
  readonly value: string | undefined;
  /** Present where the user's own variable was kept: its name. */
  readonly keptFrom?: string;
}

/**
 * Applies edits to an environment, in order.
 * Returns only the variables that the edits name, each with its value, and whose value it is.
 */
export function applyEnvEdits(environment: Environment, edits: readonly EnvEdit[], pathDelimiter: string): readonly EnvOutcome[] {
  const outcomes = new Map<string, EnvOutcome>();
  const current = (name: string): string | undefined => (outcomes.has(name) ? outcomes.get(name)?.value : environment[name]);
  for (const edit of edits) {
    switch (edit.kind) {
      case 'set':
        outcomes.set(edit.name, { name: edit.name, value: edit.value });
        break;
      case 'set-if-missing': {
        const kept = [edit.name, ...edit.spellings].find((name) => environment[name] !== undefined);
        if (kept === undefined) outcomes.set(edit.name, { name: edit.name, value: edit.value });
        else outcomes.set(edit.name, { name: edit.name, value: environment[edit.name], keptFrom: kept });
        break;
      }
      case 'append': {
        const name = edit.stronger?.find((spelling) => current(spelling) !== undefined) ?? edit.name;
        const before = current(name) ?? edit.weaker?.map(current).find((value) => value !== undefined);
        outcomes.set(name, { name, value: before ? `${before} ${edit.value}` : edit.value });
        break;
      }
      case 'prepend-path': {
        const before = current(edit.name);
        outcomes.set(edit.name, { name: edit.name, value: before ? `${edit.value}${pathDelimiter}${before}` : edit.value });
        break;
      }
      case 'unset':
        outcomes.set(edit.name, { name: edit.name, value: undefined });
        break;
    }
  }
  return [...outcomes.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The whole environment after the outcomes. */
export function mergeEnvironment(environment: Environment, outcomes: readonly EnvOutcome[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) merged[name] = value;
  for (const { name, value } of outcomes) {
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}
