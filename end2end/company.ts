import type { Page } from "@playwright/test";

import { test as base, expect, open, openEarly } from "./fixtures.ts";
import { type Person, Server } from "./server.ts";

export { expect, open, openEarly };

/** Edits everything. */
export const ada: Person = { name: "Ada Holm", email: "ada@harbour.example", role: "admin" };
/** Owns every key result of the company. */
export const ben: Person = { name: "Ben Okafor", email: "ben@harbour.example", role: "member" };
/** Reads, and changes nothing. */
export const vera: Person = { name: "Vera Lind", email: "vera@harbour.example", role: "viewer" };

/** Is signed out by a test, after which nothing else can be done as her. */
export const dora: Person = { name: "Dora Quist", email: "dora@harbour.example", role: "member" };

export const people = [ada, ben, vera, dora];

/** The houses of the company. Each test that changes something does it in a house of its own, which is a cycle too. */
const houses = [
  "Bakery", "Canteen", "Creamery", "Distillery", "Fishmonger", "Greengrocer", "Oyster bar", "Pantry", "Roastery",
  "Smokehouse", "Tea room", "Bistro",
  "Deli", "Grill", "Noodle bar", "Vineyard", "Waffle stand", "Brewery",
  "Patisserie", "Rotisserie", "Creperie", "Teppanyaki", "Trattoria", "Chocolaterie",
  "Izakaya", "Chocolatier", "Cheesemonger", "Teahouse", "Dairy",
] as const;
export type House = (typeof houses)[number];

/** The titles in a house, and the progress that they begin with. */
export function titles(house: House) {
  return {
    root: `${house}: guests love to come back`, // (40 + 37.5) / 2 = 38.75, shown as 39 %
    returning: `${house}: guests who return`, // 40 of 100 %
    service: `${house}: nobody waits for a table`, // (25 + 50) / 2 = 37.5, shown as 38 %
    orders: `${house}: orders a day`, // 50 of 200
    minutes: `${house}: minutes to the first plate`, // from 20 to 10, now 15
  };
}

/** The name of `orders` in the table. */
export function ordersId(house: House): string {
  return `${house}-orders`;
}

function rowsOf(house: House): string[] {
  const { root, returning, service, orders, minutes } = titles(house);
  const keyResult = (id: string, parent: string, title: string, unit: string, numbers: string): string =>
    `key_result,${house}-${id},${house}-${parent},${title},,${ben.email},,,reach,${unit},${numbers},6`;
  return [
    `objective,${house}-root,,${root},Harbour kitchens,${ada.email},${house},yes,,,,,,`,
    keyResult("returning", "root", returning, "%", "0,100,40"),
    `objective,${house}-service,${house}-root,${service},Harbour kitchens,${ben.email},${house},,,,,,,`,
    keyResult("orders", "service", orders, "orders", "0,200,50"),
    keyResult("minutes", "service", minutes, "min", "20,10,15"),
  ];
}

function table(): string {
  const head = "kind,id,parent,title,team,owner,cycle,company,measure,unit,baseline,target,current,confidence";
  return [head, ...houses.flatMap(rowsOf)].join("\n");
}

/** The days of every house's cycle: most of this year, and none lies in another, so that each shows a house alone. */
function cycles(): string[] {
  const year = new Date().getUTCFullYear();
  const day = (number: number): string => String(number + 1).padStart(2, "0");
  return houses.map((house, number) => `${house}=${year}-01-${day(number)}..${year}-12-${day(number)}`);
}

/** Tests in a company of our own, whose numbers are known. */
export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({ table: table(), cycles: cycles(), people });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
});

/** Signs somebody in without the page for it. */
export async function signIn(page: Page, server: Server, person: Person): Promise<void> {
  await page.context().addCookies([server.session(person)]);
}

/** Shows somebody the tree of a house. */
export async function openHouse(page: Page, server: Server, person: Person, house: House): Promise<void> {
  await signIn(page, server, person);
  await open(page, `/tree?cycle=${encodeURIComponent(house)}`);
}
