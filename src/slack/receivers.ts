import { type App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';

export type { CustomRoute } from '@slack/bolt';

type SocketModeOptions = ConstructorParameters<typeof SocketModeReceiver>[0];
type HttpOptions = ConstructorParameters<typeof HTTPReceiver>[0];

/**
 * Socket Mode that acknowledges an event only after its listeners have stored it.
 *
 * Bolt acknowledges events before it runs the listeners; a crash in between would lose a lead. In HTTP mode
 * `processBeforeResponse` puts that right, in Socket Mode nothing does but this.
 */
export class StoreFirstSocketModeReceiver extends SocketModeReceiver {
  override init(app: App): void {
    const storeFirst = {
      processEvent: async (event: ReceiverEvent): Promise<void> => {
        if (event.body['type'] !== 'event_callback') return app.processEvent(event);
        await app.processEvent({ ...event, ack: () => Promise.resolve() });
        await event.ack();
      },
    };
    // The receiver uses nothing of the app but processEvent.
    super.init(storeFirst as App);
  }
}

export function socketModeReceiver(options: SocketModeOptions): SocketModeReceiver {
  return new StoreFirstSocketModeReceiver(options);
}

export function httpReceiver(options: HttpOptions): HTTPReceiver {
  return new HTTPReceiver({ ...options, processBeforeResponse: true });
}
