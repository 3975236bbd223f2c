// The official client against a running server: every call of the wire's document, and how the refusals look.
//
// BASE_URL is the server with its sandbox beside it; PEOPLE says whom it knows: a director, and another owner.

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";

import { codeBySms, letter, lettersOf, messagesOf } from "./sandbox.mjs";
import { call, data, refused, shaped, tell, whole } from "./tally.mjs";
import { totp } from "./totp.mjs";
import { visitor } from "./visitor.mjs";

const base = process.env.BASE_URL;
const { director, organization, foreign } = JSON.parse(process.env.PEOPLE);

const USER = {
  id: "string", name: "string", email: "string", emailVerified: "boolean", image: "string?", createdAt: "date",
  updatedAt: "date", phoneNumber: "string?", phoneNumberVerified: "boolean?", twoFactorEnabled: "boolean?",
};
const SESSION = {
  id: "string", token: "string", userId: "string", expiresAt: "date", createdAt: "date", updatedAt: "date",
  ipAddress: "string?", userAgent: "string?", activeOrganizationId: "string?",
};
const ORGANIZATION = { id: "string", name: "string", slug: "string", logo: "string?", createdAt: "date" };
const MEMBER = { id: "string", organizationId: "string", userId: "string", role: "string", createdAt: "date" };
const INVITATION = {
  id: "string", organizationId: "string", email: "string", role: "string", status: "string", expiresAt: "date",
  createdAt: "date", inviterId: "string",
};

const stamp = Date.now();
const nomin = { name: "Номин", email: `nomin-${stamp}@town.test`, password: "a long password" };
const phone = { number: "99117788", phoneNumber: "+97699117788" };

for (const part of [emailAndPassword, sessions, tokens, phoneNumbers, organizations, twoFactors, theEnd]) await whole(part);
process.exit(tell() === 0 ? 0 : 1);

async function emailAndPassword() {
  const { client, ...self } = visitor();
  const me = Object.assign(self, { client });

  await call("GET /ok", async () => {
    const answer = await fetch(`${base}/api/auth/ok`);
    assert.deepEqual([answer.status, await answer.json()], [200, { ok: true }]);
  });
  await call("getSession (nobody)", async () => assert.equal(data(await client.getSession()), null));
  await call("signUp.email", async () => {
    const { token, user } = data(await client.signUp.email({ ...nomin, callbackURL: "/welcome" }));
    shaped({ token }, { token: "string?" });
    shaped(user, USER);
    assert.equal(user.email, nomin.email);
  });
  await call("signUp.email (short password)", async () => {
    const other = { ...nomin, email: `other-${stamp}@town.test`, password: "short" };
    refused(await client.signUp.email(other), 400, "PASSWORD_TOO_SHORT");
  });
  await call("signUp.email (no address)", async () => {
    refused(await client.signUp.email({ ...nomin, email: "nobody" }), 400, "VALIDATION_ERROR");
  });
  await call("signIn.email (not verified)", async () => {
    refused(await visitor().client.signIn.email(nomin), 403, "EMAIL_NOT_VERIFIED");
  });
  await call("sendVerificationEmail", async () => {
    const before = await lettersOf(nomin.email);
    assert.deepEqual(data(await client.sendVerificationEmail({ email: nomin.email, callbackURL: "/welcome" })), { status: true });
    assert.deepEqual(data(await client.sendVerificationEmail({ email: `x${nomin.email}` })), { status: true });
    await letter(nomin.email, () => true, before);
  });
  await call("verifyEmail", async () => {
    const link = await linkIn(await letter(nomin.email), "token=");
    const token = new URL(link).searchParams.get("token");
    const answer = data(await client.verifyEmail({ query: { token } }));
    assert.equal(answer.status, true);
  });
  await call("verifyEmail (bad token)", async () => {
    refused(await client.verifyEmail({ query: { token: "x.y.z" } }), 401, "INVALID_TOKEN");
  });
  await call("signIn.email", async () => {
    const answer = data(await client.signIn.email({ email: nomin.email, password: nomin.password }));
    shaped(answer, { redirect: "boolean", token: "string" });
    shaped(answer.user, USER);
    assert.equal(answer.user.emailVerified, true);
    assert.ok(me.jar.has("better-auth.session_token"), "no session cookie");
  });
  await call("signIn.email (wrong password)", async () => {
    refused(await visitor().client.signIn.email({ ...nomin, password: "wrong password" }), 401, "INVALID_EMAIL_OR_PASSWORD");
  });
  await call("getSession", async () => {
    const { session, user } = data(await client.getSession());
    shaped(session, SESSION);
    shaped(user, USER);
  });
  await call("updateUser", async () => {
    assert.equal(data(await client.updateUser({ name: "Номин-Эрдэнэ" })).status, true);
    assert.equal(data(await client.getSession()).user.name, "Номин-Эрдэнэ");
  });
  await call("updateUser (e-mail)", async () => {
    refused(await client.updateUser({ email: "x@town.test" }), 400, "EMAIL_CAN_NOT_BE_UPDATED");
  });
  await call("listAccounts", async () => {
    const [account] = data(await client.listAccounts());
    shaped(account, { id: "string", accountId: "string", providerId: "string", userId: "string", createdAt: "date", scopes: "list" });
    assert.equal(account.providerId, "credential");
  });
  await call("changePassword (wrong)", async () => {
    const change = { currentPassword: "wrong password", newPassword: "another password" };
    refused(await client.changePassword(change), 400, "INVALID_PASSWORD");
  });
  await call("changePassword", async () => {
    const change = { currentPassword: nomin.password, newPassword: "another password", revokeOtherSessions: true };
    const { token, user } = data(await client.changePassword(change));
    shaped({ token }, { token: "string" });
    shaped(user, USER);
    nomin.password = change.newPassword;
    assert.equal(data(await client.getSession()).user.email, nomin.email);
  });
  await call("requestPasswordReset", async () => {
    const before = await lettersOf(nomin.email);
    const asked = { email: nomin.email, redirectTo: "/new-password" };
    const said = data(await client.requestPasswordReset(asked));
    shaped(said, { status: "boolean", message: "string" });
    const unknown = data(await client.requestPasswordReset({ ...asked, email: `x${nomin.email}` }));
    assert.deepEqual(unknown, said);
    nomin.resetLetters = before;
  });
  await call("GET /reset-password/<token>", async () => {
    const link = await linkIn(await letter(nomin.email, (one) => /reset-password/.test(one.text)), "reset-password");
    const answer = await fetch(link, { redirect: "manual" });
    assert.equal(answer.status, 302);
    const to = new URL(answer.headers.get("location"), base);
    assert.equal(to.pathname, "/new-password");
    nomin.resetToken = to.searchParams.get("token");
    assert.ok(nomin.resetToken);
    const bad = await fetch(link.replace(/reset-password\/[^?]+/, "reset-password/xxxxxxxx"), { redirect: "manual" });
    assert.match(bad.headers.get("location"), /error=INVALID_TOKEN/);
  });
  await call("resetPassword", async () => {
    const reset = { newPassword: "a third password", token: nomin.resetToken };
    assert.equal(data(await client.resetPassword(reset)).status, true);
    nomin.password = reset.newPassword;
    refused(await client.resetPassword(reset), 400, "INVALID_TOKEN");
  });
  await call("changeEmail", async () => {
    data(await client.signIn.email({ email: nomin.email, password: nomin.password }));
    const to = `nomin-new-${stamp}@town.test`;
    assert.equal(data(await client.changeEmail({ newEmail: to, callbackURL: "/profile" })).status, true);
    const link = await linkIn(await letter(to), "token=");
    const answer = await me.fetch(link);
    assert.ok([200, 302].includes(answer.status), `${answer.status}`);
    nomin.email = to;
    data(await client.signIn.email({ email: nomin.email, password: nomin.password }));
    assert.equal(data(await client.getSession()).user.email, to);
  });
  await call("signOut", async () => {
    assert.deepEqual(data(await client.signOut()), { success: true });
    assert.equal(data(await client.getSession()), null);
    assert.equal(me.jar.size, 0, `${[...me.jar.keys()]}`);
  });
}

async function sessions() {
  const [one, two] = [visitor(), visitor()];
  for (const each of [one, two]) data(await each.client.signIn.email({ email: nomin.email, password: nomin.password }));

  let other;
  await call("listSessions", async () => {
    const all = data(await one.client.listSessions());
    all.forEach((session) => shaped(session, SESSION));
    const mine = data(await one.client.getSession()).session.id;
    const theirs = data(await two.client.getSession()).session.id;
    assert.ok(all.some((session) => session.id === mine));
    other = all.find((session) => session.id === theirs);
  });
  await call("revokeSession", async () => {
    assert.equal(data(await one.client.revokeSession({ token: other.token })).status, true);
    assert.equal(data(await two.client.getSession()), null);
    assert.equal(data(await one.client.revokeSession({ token: "unknown" })).status, true);
  });
  await call("revokeOtherSessions", async () => {
    data(await two.client.signIn.email({ email: nomin.email, password: nomin.password }));
    assert.equal(data(await one.client.revokeOtherSessions()).status, true);
    assert.equal(data(await two.client.getSession()), null);
    assert.ok(data(await one.client.getSession()));
  });
  await call("revokeSessions", async () => {
    assert.equal(data(await one.client.revokeSessions()).status, true);
    assert.equal(data(await one.client.getSession()), null);
    refused(await one.client.listSessions(), 401, "UNAUTHORIZED");
  });
}

async function tokens() {
  const browser = visitor();
  const telephone = visitor({ bearer: true });

  await call("signIn.email (bearer)", async () => {
    data(await telephone.client.signIn.email({ email: nomin.email, password: nomin.password }));
    assert.match(telephone.token, /^[A-Za-z0-9]+\.[A-Za-z0-9+/]{43}=$/);
    assert.match(telephone.last.headers.get("access-control-expose-headers"), /set-auth-token/);
    assert.equal(data(await telephone.client.getSession()).user.email, nomin.email);
  });
  await call("getSession (bare and encoded bearer)", async () => {
    for (const value of [telephone.token.split(".")[0], encodeURIComponent(telephone.token)]) {
      const answer = await fetch(`${base}/api/auth/get-session`, { headers: { authorization: `bearer ${value}` } });
      assert.equal((await answer.json()).user.email, nomin.email);
    }
    const forged = `${telephone.token.slice(0, -5)}AAAA=`;
    const answer = await fetch(`${base}/api/auth/get-session`, { headers: { authorization: `Bearer ${forged}` } });
    assert.deepEqual([answer.status, await answer.json()], [200, null]);
  });
  data(await browser.client.signIn.email({ email: nomin.email, password: nomin.password }));
  let jwt;
  await call("token", async () => {
    jwt = data(await browser.client.token()).token;
    refused(await visitor().client.token(), 401, "UNAUTHORIZED");
  });
  await call("jwks", async () => {
    const { keys } = data(await browser.client.jwks());
    const [header, claims, signature] = jwt.split(".");
    const { alg, kid } = JSON.parse(Buffer.from(header, "base64url"));
    const key = createPublicKey({ key: keys.find((one) => one.kid === kid), format: "jwk" });
    assert.equal(alg, "EdDSA");
    assert.ok(verify(null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url")));
    const said = JSON.parse(Buffer.from(claims, "base64url"));
    assert.deepEqual([said.sub, said.iss, said.aud, said.exp - said.iat], [said.id, base, base, 900]);
  });
  await call("getSession (set-auth-jwt)", async () => {
    data(await browser.client.getSession());
    assert.equal(browser.last.headers.get("set-auth-jwt").split(".").length, 3);
    assert.equal(browser.last.headers.get("cache-control"), "no-store");
  });
  await call("POST /auth/token", async () => {
    const ask = async (body, token) => {
      const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
      return await fetch(`${base}/auth/token`, { method: "POST", headers, body: JSON.stringify(body) });
    };
    const first = await (await ask({}, telephone.token)).json();
    const second = await (await ask({ refreshToken: first.refreshToken })).json();
    assert.notEqual(second.refreshToken, first.refreshToken);
    assert.deepEqual(await (await ask({ refreshToken: first.refreshToken })).json(), second);
    telephone.token = second.token;
    assert.equal(data(await telephone.client.getSession()).user.email, nomin.email);
  });
  await call("foreign origin", async () => {
    const headers = { "content-type": "application/json", origin: "http://evil.test", cookie: "a=b" };
    const answer = await fetch(`${base}/api/auth/sign-out`, { method: "POST", headers, body: "{}" });
    assert.deepEqual([answer.status, (await answer.json()).code], [403, "INVALID_ORIGIN"]);
  });
  await call("unknown path", async () => {
    const answer = await fetch(`${base}/api/auth/no-such-call`);
    assert.deepEqual([answer.status, await answer.text()], [404, ""]);
  });
  data(await browser.client.signOut());
}

async function phoneNumbers() {
  const { client } = visitor();
  let seen = 0;
  await call("phoneNumber.sendOtp", async () => {
    seen = await messagesOf(phone.number);
    shaped(data(await client.phoneNumber.sendOtp({ phoneNumber: phone.phoneNumber })), { message: "string" });
  });
  await call("phoneNumber.verify (wrong)", async () => {
    const wrong = { phoneNumber: phone.phoneNumber, code: "000000" };
    refused(await client.phoneNumber.verify(wrong), 400, "INVALID_OTP");
  });
  await call("phoneNumber.verify", async () => {
    const code = await codeBySms(phone.number, seen);
    const answer = data(await client.phoneNumber.verify({ phoneNumber: phone.phoneNumber, code }));
    shaped(answer, { status: "boolean", token: "string" });
    shaped(answer.user, USER);
    assert.equal(answer.user.phoneNumber, phone.phoneNumber);
    assert.equal(data(await client.getSession()).user.phoneNumberVerified, true);
    refused(await client.phoneNumber.verify({ phoneNumber: phone.phoneNumber, code }), 400, "OTP_NOT_FOUND");
  });
  await call("phoneNumber.requestPasswordReset", async () => {
    seen = await messagesOf(phone.number);
    assert.equal(data(await client.phoneNumber.requestPasswordReset({ phoneNumber: phone.phoneNumber })).status, true);
    assert.equal(data(await client.phoneNumber.requestPasswordReset({ phoneNumber: "+97688000000" })).status, true);
  });
  await call("phoneNumber.resetPassword", async () => {
    const otp = await codeBySms(phone.number, seen);
    const reset = { phoneNumber: phone.phoneNumber, otp, newPassword: "by telephone 1" };
    assert.equal(data(await client.phoneNumber.resetPassword(reset)).status, true);
  });
  await call("signIn.phoneNumber", async () => {
    const answer = data(await client.signIn.phoneNumber({ phoneNumber: phone.phoneNumber, password: "by telephone 1" }));
    shaped(answer, { token: "string" });
    shaped(answer.user, USER);
  });
  await call("signIn.phoneNumber (wrong)", async () => {
    const wrong = { phoneNumber: phone.phoneNumber, password: "something else" };
    refused(await visitor().client.signIn.phoneNumber(wrong), 401, "INVALID_PHONE_NUMBER_OR_PASSWORD");
  });
  await call("updateUser (telephone)", async () => {
    refused(await client.updateUser({ phoneNumber: "+97699117789" }), 400, "PHONE_NUMBER_CANNOT_BE_UPDATED");
  });
  data(await client.signOut());
}

async function organizations() {
  const owner = visitor().client;
  const guest = visitor().client;
  data(await owner.signIn.email(director));
  data(await guest.signIn.email({ email: nomin.email, password: nomin.password }));
  const { organization: of } = owner;
  const theirs = guest.organization;

  await call("organization.list", async () => {
    const [mine] = data(await of.list());
    shaped(mine, ORGANIZATION);
    assert.equal(mine.id, organization.id);
  });
  await call("organization.setActive", async () => {
    const active = data(await of.setActive({ organizationId: organization.id }));
    shaped(active, ORGANIZATION);
    assert.equal(data(await of.setActive({ organizationSlug: organization.slug })).id, organization.id);
    assert.equal(data(await owner.getSession()).session.activeOrganizationId, organization.id);
    refused(await of.setActive({ organizationId: foreign.id }), 403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
    refused(await of.setActive({ organizationId: "unknown" }), 403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
  });
  await call("organization.getFullOrganization", async () => {
    const full = data(await of.getFullOrganization());
    shaped(full, { ...ORGANIZATION, members: "list", invitations: "list" });
    shaped(full.members[0], { ...MEMBER, user: "object" });
    const query = { organizationId: organization.id, membersLimit: 1 };
    assert.equal(data(await of.getFullOrganization({ query })).members.length, 1);
    assert.equal(data(await theirs.getFullOrganization()), null);
  });
  await call("organization.checkSlug", async () => {
    assert.equal(data(await of.checkSlug({ slug: "a-free-one" })).status, true);
    refused(await of.checkSlug({ slug: organization.slug }), 400, "ORGANIZATION_SLUG_ALREADY_TAKEN");
  });
  await call("organization.create (refused)", async () => {
    refused(await of.create({ name: "Шинэ", slug: "shine" }), 403, "YOU_ARE_NOT_ALLOWED_TO_CREATE_A_NEW_ORGANIZATION");
  });
  await call("organization.update", async () => {
    const data_ = data(await of.update({ data: { name: organization.name }, organizationId: organization.id }));
    shaped(data_, ORGANIZATION);
  });
  await call("organization.delete (refused)", async () => {
    const which = { organizationId: organization.id };
    refused(await of.delete(which), 403, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION");
  });
  await call("organization.listMembers", async () => {
    const query = { limit: 10, offset: 0, sortBy: "createdAt", sortDirection: "desc" };
    const { members, total } = data(await of.listMembers({ query }));
    assert.equal(total, members.length);
    members.forEach((member) => shaped(member, { ...MEMBER, user: "object" }));
  });
  await call("organization.getActiveMember", async () => {
    const me = data(await of.getActiveMember());
    shaped(me, { ...MEMBER, user: "object" });
    assert.equal(me.role, "owner");
  });
  await call("organization.getActiveMemberRole", async () => {
    assert.equal(data(await of.getActiveMemberRole()).role, "owner");
  });
  await call("organization.hasPermission", async () => {
    const asked = data(await of.hasPermission({ permissions: { member: ["create", "delete"] } }));
    assert.deepEqual(asked, { error: null, success: true });
    assert.equal(data(await of.hasPermission({ permissions: { organization: ["delete"] } })).success, false);
  });
  const invite = async () => data(await of.inviteMember({ email: nomin.email, role: "member" }));
  let invitation;
  await call("organization.inviteMember", async () => {
    invitation = await invite();
    shaped(invitation, INVITATION);
    refused(await of.inviteMember({ email: nomin.email, role: "member" }), 400, "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION");
    assert.equal(data(await of.inviteMember({ email: nomin.email, role: "member", resend: true })).id, invitation.id);
    refused(await of.inviteMember({ email: nomin.email, role: "king" }), 400, "ROLE_NOT_FOUND");
    await linkIn(await letter(nomin.email, (one) => /\/invitation\//.test(one.text)), "/invitation/");
  });
  await call("organization.listInvitations", async () => {
    const all = data(await of.listInvitations());
    all.forEach((one) => shaped(one, INVITATION));
    refused(await theirs.listInvitations(), 400, "NO_ACTIVE_ORGANIZATION");
  });
  await call("organization.listUserInvitations", async () => {
    assert.ok(data(await theirs.listUserInvitations()).some((one) => one.id === invitation.id));
  });
  await call("organization.getInvitation", async () => {
    const shown = data(await theirs.getInvitation({ query: { id: invitation.id } }));
    shaped(shown, { ...INVITATION, organizationName: "string", organizationSlug: "string", inviterEmail: "string" });
    refused(await of.getInvitation({ query: { id: invitation.id } }), 403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION");
  });
  await call("organization.rejectInvitation", async () => {
    const answer = data(await theirs.rejectInvitation({ invitationId: invitation.id }));
    assert.deepEqual([answer.invitation.status, answer.member], ["rejected", null]);
    refused(await theirs.rejectInvitation({ invitationId: invitation.id }), 400, "INVITATION_NOT_FOUND");
  });
  await call("organization.cancelInvitation", async () => {
    const next = await invite();
    assert.equal(data(await of.cancelInvitation({ invitationId: next.id })).status, "canceled");
  });
  let member;
  await call("organization.acceptInvitation", async () => {
    const next = await invite();
    const answer = data(await theirs.acceptInvitation({ invitationId: next.id }));
    assert.equal(answer.invitation.status, "accepted");
    shaped(answer.member, MEMBER);
    member = answer.member;
    assert.equal(data(await guest.getSession()).session.activeOrganizationId, organization.id);
    refused(await theirs.removeMember({ memberIdOrEmail: member.id }), 403, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER");
  });
  await call("organization.leave", async () => {
    const left = data(await theirs.leave({ organizationId: organization.id }));
    shaped(left, { ...MEMBER, user: "object" });
    assert.equal(data(await theirs.getFullOrganization()), null);
    refused(await of.leave({ organizationId: organization.id }), 400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");
  });
  await call("organization.updateMemberRole", async () => {
    const again = data(await theirs.acceptInvitation({ invitationId: (await invite()).id })).member;
    const changed = data(await of.updateMemberRole({ memberId: again.id, role: "accountant" }));
    assert.deepEqual([changed.id, changed.role], [again.id, "accountant"]);
    assert.equal(data(await guest.getSession()), null, "a new role ends the sessions");
    refused(await of.updateMemberRole({ memberId: "unknown", role: "member" }), 400, "MEMBER_NOT_FOUND");
  });
  await call("organization.removeMember", async () => {
    const gone = data(await of.removeMember({ memberIdOrEmail: nomin.email }));
    shaped(gone.member, MEMBER);
    refused(await of.removeMember({ memberIdOrEmail: nomin.email }), 400, "MEMBER_NOT_FOUND");
  });
  await call("organization.setActive (none)", async () => {
    assert.equal(data(await of.setActive({ organizationId: null })), null);
  });
  data(await owner.signOut());
}

async function twoFactors() {
  const first = visitor();
  const { client } = first;
  const password = nomin.password;
  data(await client.signIn.email({ email: nomin.email, password }));
  const signIn = async (who) => data(await who.client.signIn.email({ email: nomin.email, password }));

  let setUp;
  await call("twoFactor.enable", async () => {
    refused(await client.twoFactor.enable({ password: "wrong password" }), 400, "INVALID_PASSWORD");
    setUp = data(await client.twoFactor.enable({ password, issuer: "Spacehub" }));
    assert.equal(setUp.backupCodes.length, 10);
    setUp.backupCodes.forEach((code) => assert.match(code, /^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/));
  });
  await call("twoFactor.getTotpUri", async () => {
    assert.equal(data(await client.twoFactor.getTotpUri({ password })).totpURI, setUp.totpURI);
  });
  // A code works once, and one step on either side is taken: that makes three without waiting.
  await call("twoFactor.verifyTotp (signed in)", async () => {
    refused(await client.twoFactor.verifyTotp({ code: "abcdef" }), 401, "INVALID_CODE");
    shaped(data(await client.twoFactor.verifyTotp({ code: totp(setUp.totpURI, -1) })), { token: "string", user: "object" });
    assert.equal(data(await client.getSession()).user.twoFactorEnabled, true);
  });
  await call("signIn.email (two factors)", async () => {
    const who = visitor();
    const answer = await signIn(who);
    assert.deepEqual([answer.twoFactorRedirect, answer.twoFactorMethods], [true, ["totp", "otp"]]);
    assert.equal(who.last.headers.get("set-auth-token"), null);
    assert.equal(data(await who.client.getSession()), null);
    refused(await visitor().client.twoFactor.verifyTotp({ code: "123456" }), 401, "INVALID_TWO_FACTOR_COOKIE");
  });
  const trusting = visitor();
  await call("twoFactor.verifyTotp", async () => {
    await signIn(trusting);
    const code = totp(setUp.totpURI);
    const answer = data(await trusting.client.twoFactor.verifyTotp({ code, trustDevice: true }));
    shaped(answer, { token: "string", user: "object" });
    assert.ok(trusting.jar.has("better-auth.trust_device") && !trusting.jar.has("better-auth.two_factor"));
    const thief = visitor();
    await signIn(thief);
    refused(await thief.client.twoFactor.verifyTotp({ code }), 401, "INVALID_CODE");
  });
  await call("signIn.email (trusted device)", async () => {
    data(await trusting.client.signOut());
    assert.equal((await signIn(trusting)).redirect, false);
  });
  await call("twoFactor.sendOtp, twoFactor.verifyOtp", async () => {
    const who = visitor();
    await signIn(who);
    refused(await who.client.twoFactor.verifyOtp({ code: "123456" }), 400, "OTP_HAS_EXPIRED");
    assert.equal(data(await who.client.twoFactor.sendOtp()).status, true);
    const code = (await letter(nomin.email, (one) => /\b\d{6}\b/.test(one.text))).text.match(/\b\d{6}\b/)[0];
    shaped(data(await who.client.twoFactor.verifyOtp({ code })), { token: "string", user: "object" });
    assert.equal(data(await who.client.getSession()).user.email, nomin.email);
  });
  await call("twoFactor.verifyBackupCode", async () => {
    const who = visitor();
    await signIn(who);
    const [code] = setUp.backupCodes;
    refused(await who.client.twoFactor.verifyBackupCode({ code: "xxxxx-xxxxx" }), 401, "INVALID_BACKUP_CODE");
    data(await who.client.twoFactor.verifyBackupCode({ code }));
    const again = visitor();
    await signIn(again);
    refused(await again.client.twoFactor.verifyBackupCode({ code }), 401, "INVALID_BACKUP_CODE");
  });
  await call("twoFactor.generateBackupCodes", async () => {
    const { status, backupCodes } = data(await client.twoFactor.generateBackupCodes({ password }));
    assert.deepEqual([status, backupCodes.length], [true, 10]);
    assert.ok(!backupCodes.includes(setUp.backupCodes[1]));
  });
  await call("twoFactor.disable", async () => {
    assert.equal(data(await client.twoFactor.disable({ password })).status, true);
    assert.equal(data(await client.getSession()).user.twoFactorEnabled, false);
    assert.equal((await signIn(visitor())).redirect, false);
  });
}

async function theEnd() {
  const { client } = visitor();
  data(await client.signIn.email({ email: nomin.email, password: nomin.password }));
  await call("deleteUser", async () => {
    refused(await client.deleteUser({ password: "wrong password" }), 400, "INVALID_PASSWORD");
    const said = data(await client.deleteUser({ password: nomin.password }));
    shaped(said, { success: "boolean", message: "string" });
    assert.equal(data(await client.getSession()), null);
    refused(await visitor().client.signIn.email(nomin), 401, "INVALID_EMAIL_OR_PASSWORD");
  });
}

/** The first address in a letter with that in it. */
async function linkIn(found, part) {
  const link = (found.links ?? []).map((one) => one.url ?? one).find((one) => one.includes(part))
    ?? found.text.match(/https?:\/\/\S+/g)?.find((one) => one.includes(part));
  assert.ok(link, `no link with ${part} in: ${found.text}`);
  return link;
}
