import { expect, type Page } from '@playwright/test';
import { asAdmin, field } from './admin.ts';
import { press } from './form.ts';

/** *Audit logs*, filtered by a support code. */
export async function findByCode(page: Page, code: string): Promise<void> {
  await asAdmin(page);
  await openAudit(page);
  await field(page, 'Support code').fill(code);
  await press(page, 'Apply');
  await expect(auditRows(page).first()).toBeVisible();
}

export async function openAudit(page: Page): Promise<void> {
  await page.goto('/admin/audit-logs');
  await expect(page.getByRole('heading', { level: 1, name: 'Audit logs' })).toBeVisible();
}

export function auditRows(page: Page) {
  return page.getByRole('main').locator('tbody tr');
}
