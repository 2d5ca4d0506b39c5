import module from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

// Plain JavaScript on purpose: an old Node can't even read TypeScript, and should hear why in one line.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Sixth Touch needs Node 22.18 or newer; this is ${process.versions.node}. Start it with "npm start", which brings its own.\n`,
  );
  process.exit(1);
}
try {
  process.loadEnvFile('.env');
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
// From the second start on, TypeScript need not be stripped again: about 25 MB and 200 ms less. Harmless if it can't write.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)));
// V8 would grow its nursery to 32 MB and more while the app starts, and keep it. With the first 2 MB a single click is as
// fast, and under twenty connections about a tenth fewer are taken in a second.
v8.setFlagsFromString('--semi-space-growth-factor=1');
await import('./index.ts');
