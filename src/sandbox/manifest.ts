import { z } from 'zod';

const text = z.string().optional();
const flag = z.boolean().optional();
const part = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape).optional();
const command = { command: z.string().startsWith('/'), url: text, description: text, usage_hint: text };
const kind = z.enum(['global', 'message']);
const shortcut = { name: z.string(), type: kind, callback_id: z.string(), description: text };

/** The parts of an app's `manifest.yml` that the sandbox relies on; the rest may be anything. */
export const manifestShape = z.looseObject({
  display_information: z.looseObject({ name: z.string().max(35) }),
  features: part({
    app_home: part({ home_tab_enabled: flag }),
    slash_commands: z.array(z.looseObject({ ...command, should_escape: flag })).optional(),
    shortcuts: z.array(z.looseObject(shortcut)).optional(),
  }),
  oauth_config: part({ scopes: part({ bot: z.array(z.string()).optional() }) }),
  settings: part({
    event_subscriptions: part({ bot_events: z.array(z.string()).optional(), request_url: text }),
    interactivity: part({ is_enabled: flag, request_url: text }),
    socket_mode_enabled: flag,
  }),
});
export type Manifest = z.infer<typeof manifestShape>;
