/** Shows the board while it changes: redrawn in place on a terminal, else a plain line whenever a task comes into another phase. */
import { styleText } from 'node:util';
import { summary } from './board.mjs';

const COLOURS = { waiting: 'gray', planned: 'gray', preparing: 'yellow', building: 'cyan', proved: 'green', cached: 'green', failed: 'red' };
const ACTIVE = new Set(['preparing', 'building']);

/**
 * @typedef {object} Display
 * @property {(entry: import('./board.mjs').Entry) => void} changed  a task came into another phase
 * @property {(line: string) => void} say                             a line that stays
 * @property {() => void} end
 */

/**
 * @param {import('./board.mjs').Board} board
 * @param {() => number} clock  ms since the start
 * @param {NodeJS.WriteStream} out
 * @returns {Display}
 */
export function makeDisplay(board, clock, out) {
  return out.isTTY && process.env.TERM !== 'dumb' ? inPlace(board, clock, out) : plain(clock, out);
}

function plain(clock, out) {
  const say = (line) => out.write(`${line}\n`);
  return {
    changed: (entry) => {
      if (entry.phase !== 'planned') say(`[${seconds(clock()).padStart(12)}] ${entry.task}  ${words(entry)}`);
    },
    say,
    end: () => {},
  };
}

function inPlace(board, clock, out) {
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    const lines = [...rows(board, clock(), (out.rows ?? 40) - 2), `  ${summary(board)}, ${seconds(clock())}`];
    erase();
    out.write(lines.map((line) => `${cut(line, out.columns ?? 100)}\n`).join(''));
    drawn = lines.length;
  };
  const timer = setInterval(draw, 200);
  draw();
  return {
    changed: () => {},
    say: (line) => {
      erase();
      out.write(`${line}\n`);
      draw();
    },
    end: () => {
      clearInterval(timer);
      draw();
    },
  };
}

/** One line per task; where the screen is too small, those at work first. */
function rows(board, now, limit) {
  const entries = [...board.values()].sort((a, b) => (a.task < b.task ? -1 : 1));
  const shown = entries.length <= limit ? entries : [...entries].sort((a, b) => rank(a) - rank(b) || b.since - a.since).slice(0, limit);
  const width = Math.max(...entries.map(({ project }) => project.length));
  const platformWidth = Math.max(...entries.map(({ platform }) => platform.length));
  return shown.map((entry) => `  ${entry.project.padEnd(width)}  ${entry.platform.padEnd(platformWidth)}  ${paint(entry, words(entry, now))}`);
}

function rank(entry) {
  return ACTIVE.has(entry.phase) ? 0 : entry.phase === 'failed' ? 1 : entry.phase === 'waiting' ? 3 : 2;
}

/** @param {number} [now] without it, how long the phase lasts already is not said */
function words(entry, now) {
  const lasting = now !== undefined && ACTIVE.has(entry.phase);
  const time = lasting ? ` ${seconds(now - entry.since)}` : entry.phase === 'proved' ? ` in ${seconds(entry.durationMs)}` : '';
  const phase = entry.phase === 'cached' ? 'proved, from the cache' : entry.phase;
  return `${phase}${time}${entry.detail ? `  ${entry.detail}` : ''}`;
}

function paint(entry, text) {
  return process.env.NO_COLOR ? text : styleText(COLOURS[entry.phase], text);
}

/** `1 min 05 s`, `12 s`, `0.4 s` */
export function seconds(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Cuts a line to the screen's width without counting colours. */
function cut(line, width) {
  let visible = 0;
  return line.replace(/\x1b\[[0-9;]*m|[^]/gu, (part) => (part.startsWith('\x1b') ? part : visible++ < width - 1 ? part : ''));
}
