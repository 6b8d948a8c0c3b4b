import { expect, test } from "../fixtures.ts";
import { readQr } from "../support/checkout.ts";
import { MENU, makeLink } from "../support/links.ts";
import { expectAccessible, expectFits } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

test("a merchant makes a link, is told what is wrong at its input, changes it, prints it, closes it and opens it again", async ({
  page,
  database,
  server,
  ledger,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "operator" }), "/dashboard/links/new");
  const save = () => page.getByRole("button", { name: /^(创建链接|保存)$/ }).click();
  const slug = `tea-${shop.slug}`;
  await page.locator("#title").fill("下午茶");
  await page.locator("#slug").fill(slug);
  await page.getByRole("radio", { name: "从列表中选择" }).check();
  await page.locator("[id='choices.0.label']").fill("单人");
  await page.locator("[id='choices.0.amount']").fill("98.005");
  await page.locator("[id='choices.2.label']").fill("双人");
  await page.locator("[id='choices.2.amount']").fill("188");
  await page.locator("#expires_at").fill("2030-01-01T18:30");
  await save();
  await expect(page.locator("[id='choices.0.amount-error']")).toBeVisible();
  await expect(page.locator("[id='choices.2.label']")).toHaveValue("双人");
  await page.locator("[id='choices.0.amount']").fill("98");
  await save();
  await page.waitForURL(/\/links\/lnk_\w+\?said=created/);
  await expect(page.getByRole("status").first()).toContainText("链接已启用");
  const [row] = await ledger.query("select id, choices, expires_at, live from checkout_links where slug = $1", [slug]);
  expect(row).toMatchObject({
    choices: [
      { label: "单人", amount: "9800" },
      { label: "双人", amount: "18800" },
    ],
    expires_at: new Date("2030-01-01T10:30:00Z"),
    live: false,
  });

  await page.getByRole("link", { name: "编辑" }).click();
  await expect(page.locator("#expires_at")).toHaveValue("2030-01-01T18:30");
  await page.getByRole("radio", { name: "固定金额" }).check();
  await page.locator("#amount").fill("128");
  await save();
  await page.waitForURL(/said=saved/);
  await expect(page.locator("main")).toContainText("128.00");

  await page.getByRole("link", { name: "打印海报" }).click();
  await expect(page.locator(".poster")).toContainText("128.00");
  expect(await readQr(page, ".poster-qr")).toBe(`${server.publicUrl}/l/${slug}`);
  await page.goBack();

  await page.getByRole("button", { name: "关闭链接" }).click();
  await page.waitForURL(/said=retired/);
  await page.getByRole("button", { name: "重新启用" }).click();
  await page.waitForURL(/said=reopened/);
});

test("what a link asked and brought is seen by those who may see orders; who may only look changes nothing", async ({
  page,
  database,
  server,
  ledger,
  watch,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const link = await makeLink(database, shop.id, { ...MENU, stock: 9 });
  await page.goto(`/l/${link.slug}`);
  await page.getByRole("radio", { name: /Small/ }).check();
  await page.locator("#quantity").fill("3");
  await page.locator("#field_a").fill("7");
  await page.locator("#field_b").selectOption("Oat");
  await page.locator("form.link-form button[type=submit]").click();
  await page.waitForURL(/\/pay\//);
  const [order] = await ledger.query<{ id: string }>("select id from orders where link_id = $1", [link.id]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), `/dashboard/orders/${order?.id}`);
  const card = page.locator("section[aria-labelledby=from-link]");
  await expect(card).toContainText("Oat");
  await expect(card).toContainText("Milk");
  await card.getByRole("link").click();
  await expect(page.locator("section[aria-labelledby=figures]")).toContainText("已占 3，共 9");
  await expect(page.getByRole("button", { name: "关闭链接" })).toHaveCount(0);
  await expectAccessible(page, "a link");
  await page.setViewportSize({ width: 360, height: 780 });
  await expectFits(page, "a link on a phone");
  await page.goto(`/dashboard/links/${link.id}/edit`);
  await expect(page.locator("form[novalidate]")).toHaveCount(0);

  const other = await openShop(database, server.publicUrl);
  const stranger = await hire(database, { merchantId: other.id, role: "owner" });
  watch.allow(/^404 GET .*\/dashboard\/links\//);
  await page.context().clearCookies();
  for (const path of ["", "/edit", "/poster"]) {
    await signIn(page, stranger, `/dashboard/links/${link.id}${path}`);
    await expect(page.locator("body"), path).not.toContainText(MENU.title);
  }
});
