// A visitor: the official client with a cookie jar of its own, as a browser on one of our pages would have it.

import { createAuthClient } from "better-auth/client";
import { jwtClient, organizationClient, phoneNumberClient, twoFactorClient } from "better-auth/client/plugins";

const base = process.env.BASE_URL;

/** Makes a visitor; with `bearer` it keeps no cookies and sends the token that `set-auth-token` gave. */
export function visitor({ bearer = false } = {}) {
  const self = { jar: new Map(), token: null, last: null, client: null };

  async function fetchAs(input, init = {}) {
    const headers = new Headers(init.headers);
    // The fetch of Node says that it is a browser's, so it must say whose page asks, bearer or not.
    headers.set("origin", new URL(base).origin);
    if (self.jar.size > 0) headers.set("cookie", [...self.jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(input, { ...init, headers, redirect: "manual" });
    if (!bearer) for (const line of response.headers.getSetCookie()) keep(line);
    const token = response.headers.get("set-auth-token");
    if (token) self.token = token;
    self.last = response;
    return response;
  }

  function keep(line) {
    const [pair, ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => attribute.toLowerCase() === "max-age=0")) self.jar.delete(name);
    else self.jar.set(name, pair.slice(at + 1));
  }

  self.fetch = fetchAs;
  self.client = createAuthClient({
    baseURL: base,
    plugins: [phoneNumberClient(), organizationClient(), twoFactorClient(), jwtClient()],
    fetchOptions: {
      customFetchImpl: fetchAs,
      ...(bearer && { auth: { type: "Bearer", token: () => self.token ?? undefined } }),
    },
  });
  return self;
}
