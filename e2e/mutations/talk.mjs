/** A process that answers questions, one line of JSON each: what it loads takes longer than what it is asked. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @param {string} script @param {{cwd: string, env: Record<string, string>}} options */
export function talkTo(script, { cwd, env }) {
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-100_000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {object} question */
    async ask(question = {}) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      for (let line = await lines.next(); !line.done; line = await lines.next()) {
        if (!line.value.startsWith('@@')) continue;
        const answer = JSON.parse(line.value.slice(2));
        if (answer.error) throw new Error(`${answer.error}\n${said}`);
        return answer;
      }
      throw new Error(`the process ended:\n${said}`);
    },
    close: () => child.stdin.end(),
  };
}
