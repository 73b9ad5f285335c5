/** Prints what of cargo's configuration outside the repository decides the bytes for a triple: `node outside-config-main.js <triple>`, in the Nx workspace root. */
import { outsideConfig } from './outside-config.js';

process.stdout.write(`${outsideConfig(process.cwd(), process.env, process.argv[2] ?? '')}\n`);
