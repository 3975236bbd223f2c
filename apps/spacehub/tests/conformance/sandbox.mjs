// What the sandbox's providers delivered: letters and text messages, read through their JSON twins.

const base = process.env.BASE_URL;

/** The newest letter to an address that fits, waited for. */
export async function letter(address, fits = () => true) {
  return await arrival(`a letter to ${address}`, `${base}/sandbox/mail.json?address=${encodeURIComponent(address)}`, fits);
}

/** The newest code sent to an eight-digit number since `after` messages. */
export async function codeBySms(number, after) {
  const url = `${base}/sandbox/messages.json?number=${number}`;
  const message = await arrival(`a code to ${number}`, url, (one) => /\d{6}/.test(one.text), after);
  return message.text.match(/\d{6}/)[0];
}

/** How many messages a number has. */
export async function messagesOf(number) {
  return (await all(`${base}/sandbox/messages.json?number=${number}`)).length;
}

/** How many letters an address has. */
export async function lettersOf(address) {
  return (await all(`${base}/sandbox/mail.json?address=${encodeURIComponent(address)}`)).length;
}

async function arrival(what, url, fits, after = 0) {
  for (let tries = 0; tries < 200; tries += 1) {
    const came = await all(url);
    const found = came.slice(0, came.length - after).find(fits);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come`);
}

/** What a box holds, newest first. */
async function all(url) {
  const { items } = await (await fetch(url)).json();
  return items;
}
