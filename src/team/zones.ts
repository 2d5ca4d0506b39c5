import type { PlainTextOption } from '@slack/types';
import { option, plain } from '../slack/kit.ts';

export interface ZoneGroup {
  label: ReturnType<typeof plain>;
  options: PlainTextOption[];
}

/** All time zones by continent, split where a group would pass Slack's 100 options. */
export function zoneGroups(): ZoneGroup[] {
  const byContinent = new Map<string, string[]>([['UTC', ['UTC']]]);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const continent = zone.split('/')[0] ?? zone;
    byContinent.set(continent, [...(byContinent.get(continent) ?? []), zone]);
  }
  return [...byContinent].flatMap(([continent, zones]) => {
    const unique = [...new Set(zones)];
    const parts = Math.ceil(unique.length / 100);
    return Array.from({ length: parts }, (_, part) => ({
      label: plain(parts === 1 ? continent : `${continent} (${part + 1})`),
      options: unique
        .slice(part * 100, part * 100 + 100)
        .map((zone) => option(zone.replaceAll('_', ' '), zone)),
    }));
  });
}
