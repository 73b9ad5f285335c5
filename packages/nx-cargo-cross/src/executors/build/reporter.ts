/** What a user sees of a build: who builds what with which backend, cargo's own words as they come, and what came out. */
import { styleText } from 'node:util';
import type { BuildEvent } from '../../build/events.js';
import { renderFailures, renderUncovered } from '../../diagnostics/render.js';
import { renderWarnings } from '../../diagnostics/say-finding.js';

export interface Reporter {
  report(event: BuildEvent): void;
}

export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** What belongs to this task's output, and was shown with another's. */
  keep?(text: string): void;
}

/** Renders events as text. cargo's own output goes to the error stream, as cargo does it, and ours to the other. */
export function makeReporter(streams: Streams, color: boolean): Reporter {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string => (color ? styleText(style, text, { validateStream: false }) : text);
  let lastPrepared = '';
  return {
    report(event) {
      switch (event.type) {
        case 'planned':
          streams.out(`${paint('bold', event.task)}  ${event.triple} with ${event.backend} (${event.backendReason})\n`);
          break;
        case 'preparing':
          // The same words come again with each step of their count.
          if (event.what !== lastPrepared) streams.out(`  ${event.what}\n`);
          lastPrepared = event.what;
          break;
        case 'output':
          if (event.shownBefore) streams.keep?.(event.text);
          else streams.error(event.text);
          break;
        case 'warned':
          streams.error(`${paintWarnings(renderWarnings(event.file, event.findings), paint)}\n`);
          break;
        case 'unlayered':
          streams.error(`${paint('yellow', 'warning[layer-unusable]')}: ${event.why}; third-party crates are compiled here\n`);
          break;
        case 'toolchain-unusable':
          streams.error(`${paint('yellow', 'warning[toolchain-unusable]')}: ${event.why}; what is missing is built here\n`);
          break;
        case 'uncovered':
          streams.error(`${paintWarnings(renderUncovered(event), paint)}\n`);
          break;
        case 'finished':
          if (event.success) streams.out(`${paint('green', 'proved')}  ${event.directory ?? ''}  in ${seconds(event.durationMs)}\n`);
          else streams.error(`\n${paintErrors(renderFailures(event.failures), paint)}\n`);
          break;
        case 'started':
        case 'progress':
          break;
      }
    },
  };
}

function paintWarnings(text: string, paint: (style: 'yellow', text: string) => string): string {
  return text.replace(/^warning\[[a-z-]+\]/gm, (head) => paint('yellow', head));
}

function paintErrors(text: string, paint: (style: 'red', text: string) => string): string {
  return text.replace(/^error\[[a-z-]+\]/gm, (head) => paint('red', head));
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
