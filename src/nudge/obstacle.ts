import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById, updateLead } from '../lead/store.ts';
import type { Obstacle } from '../playbook/schema.ts';
import { teamById } from '../team/store.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';

/** What stands for no obstacle any more. */
export const noObstacle = 'none';

/**
 * Notes what keeps the rep from pursuing the lead; its messages are worded for that from now on.
 * @returns the obstacle, undefined once there is none any more
 * @throws Refusal
 */
export async function saveObstacle(
  work: Work,
  leadId: number,
  userId: string,
  id: string,
): Promise<Obstacle | undefined> {
  const lead = await leadById(work, leadId);
  refuseUnlessWorkable(lead, await teamById(work, lead.sales_team_id), userId, work.now);
  const { obstacles } = await work.playbooks.version(work.db, lead.playbook_version);
  const obstacle = obstacles.find((each) => each.id === id);
  if (!obstacle && id !== noObstacle)
    throw new Refusal('The playbook no longer knows this obstacle. Choose one from the newest message.');
  const saved = await updateLead(work.db, leadId, { obstacle: obstacle?.id ?? null });
  const detail = { obstacle: saved.obstacle };
  await recordAudit(work, { actor: userId, action: 'lead.obstacle', leadId, detail });
  await refreshNudges(work, saved);
  return obstacle;
}
