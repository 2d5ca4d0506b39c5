import type { Sandbox } from '../sandbox/index.ts';

/** Waits for the modal that a click opens: the app opens it right after it has acknowledged the click. */
export async function awaitView(sandbox: Sandbox, user: string): Promise<void> {
  if (sandbox.view(user)) return;
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      stop();
      reject(new Error(`No modal opened for ${user}.`));
    }, 3000);
    const stop = sandbox.onChange((change) => {
      if (change.type !== 'view' || !sandbox.view(user)) return;
      clearTimeout(giveUp);
      stop();
      resolve();
    });
  });
}
