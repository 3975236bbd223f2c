// What the sandbox's providers delivered: letters and text messages, read through their JSON twins.

const base = process.env.BASE_URL;

/** The newest letter to an address that fits, waited for. */
export async function letter(address, fits = () => true) {
  return await await_(`a letter to ${address}`, `${base}/sandbox/mail.json?address=${encodeURIComponent(address)}`, fits);
}

/** The newest code sent to an eight-digit number since `after` messages. */
export async function codeBySms(number, after) {
  const url = `${base}/sandbox/messages.json?number=${number}`;
  const message = await await_(`a code to ${number}`, url, (one) => /\d{6}/.test(one.text), after);
  return message.text.match(/\d{6}/)[0];
}

/** How many messages a number has. */
export async function messagesOf(number) {
  return (await (await fetch(`${base}/sandbox/messages.json?number=${number}`)).json()).length;
}

/** How many letters an address has. */
export async function lettersOf(address) {
  return (await (await fetch(`${base}/sandbox/mail.json?address=${encodeURIComponent(address)}`)).json()).length;
}

async function await_(what, url, fits, after = 0) {
  for (let tries = 0; tries < 200; tries += 1) {
    const all = await (await fetch(url)).json();
    const found = all.slice(0, all.length - after).find(fits);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come`);
}
