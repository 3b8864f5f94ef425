import type { Browser, BrowserContext, Page } from '@playwright/test';
import {
  asAdmin, CUSTOMIZE, DAYS, EXPLAIN, field, HELPDESK, NOTIFY_ADMINS, NOTIFY_USERS, NUMBER, openTab,
  pickGroup, REQUIRE, save, SCOPE, tick, type MethodName, type Tab,
} from './admin.ts';
import { choose } from './form.ts';
import { GROUP } from './people.ts';
import type { Server } from './server.ts';

export interface Policy {
  scope: 'None' | 'All' | { group: string };
  explain: 'Never' | 'Always';
  number: 1 | 2;
  methods: readonly MethodName[];
  register: boolean;
  days: number;
  notifyUsers: boolean;
  notifyAdmins: boolean;
  /** Custom helpdesk email or URL. */
  helpdesk: string | null;
}

const USUAL: Policy = {
  scope: { group: GROUP },
  explain: 'Never',
  number: 2,
  methods: ['Mobile app code', 'Email', 'Mobile phone'],
  register: true,
  days: 180,
  notifyUsers: true,
  notifyAdmins: false,
  helpdesk: null,
};

type Section = { tab: Tab; of: (policy: Policy) => unknown; fill: (page: Page, policy: Policy) => Promise<void> };

const SECTIONS: Section[] = [
  {
    tab: 'Authentication methods',
    of: ({ number, methods }) => [number, methods],
    fill: async (page, policy) => {
      await choose(page, NUMBER, String(policy.number));
      await tick(page, policy.methods);
    },
  },
  {
    tab: 'Registration',
    of: ({ register, days }) => [register, days],
    fill: async (page, policy) => {
      await choose(page, REQUIRE, 'Yes');
      await field(page, DAYS).fill(String(policy.days));
      await choose(page, REQUIRE, policy.register ? 'Yes' : 'No');
    },
  },
  {
    tab: 'Notifications',
    of: ({ notifyUsers, notifyAdmins }) => [notifyUsers, notifyAdmins],
    fill: async (page, policy) => {
      await choose(page, NOTIFY_USERS, policy.notifyUsers ? 'Yes' : 'No');
      await choose(page, NOTIFY_ADMINS, policy.notifyAdmins ? 'Yes' : 'No');
    },
  },
  {
    tab: 'Customization',
    of: ({ helpdesk }) => helpdesk,
    fill: async (page, policy) => {
      if (policy.helpdesk !== null) {
        await choose(page, CUSTOMIZE, 'Yes');
        await field(page, HELPDESK).fill(policy.helpdesk);
      } else {
        await choose(page, CUSTOMIZE, 'No');
      }
    },
  },
  {
    tab: 'Properties',
    of: ({ scope, explain }) => [scope, explain],
    fill: async (page, policy) => {
      if (typeof policy.scope === 'string') await choose(page, SCOPE, policy.scope);
      else await pickGroup(page, policy.scope.group);
      await choose(page, EXPLAIN, policy.explain);
    },
  },
];

/** An administrator at a desk of their own, who arranges the policy that a test needs. */
export class Office {
  readonly #url: string;
  readonly #browser: Browser;
  #context: BrowserContext | undefined;
  #known = new Map<Tab, string>();

  constructor(server: Server, browser: Browser, url = server.url) {
    this.#url = url;
    this.#browser = browser;
  }

  /** The usual policy (the tutorial's), except for what is named. */
  async policy(change: Partial<Policy> = {}): Promise<void> {
    const policy = { ...USUAL, ...change };
    const due = SECTIONS.filter((one) => this.#known.get(one.tab) !== JSON.stringify(one.of(policy)));
    if (due.length === 0) return;
    const page = await this.page();
    for (const section of due) {
      await openTab(page, section.tab);
      await section.fill(page, policy);
      await save(page);
      this.#known.set(section.tab, JSON.stringify(section.of(policy)));
    }
    await page.close();
  }

  /** A page of the signed-in administrator. */
  async page(): Promise<Page> {
    this.#context ??= await this.#browser.newContext({ baseURL: this.#url });
    const page = await this.#context.newPage();
    await page.goto('/admin');
    // Tests move the clock, so the session may be over.
    if (page.url().includes('/signin')) await asAdmin(page);
    return page;
  }

  /** Somebody else changed the policy. */
  forget(): void {
    this.#known.clear();
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }
}
