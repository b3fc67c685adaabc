// The playground's own API.

const UNREACHABLE = "The playground isn't responding. Is it still running?";

export async function fetchState(user) {
  const response = await fetch(`/api/state?user=${encodeURIComponent(user)}`);
  if (!response.ok) throw Object.assign(new Error(UNREACHABLE), { status: response.status });
  return response.json();
}

export async function fetchTraffic(message) {
  const response = await fetch(`/api/traffic?message=${encodeURIComponent(message)}`);
  if (!response.ok) throw new Error(UNREACHABLE);
  return (await response.json()).calls;
}

/** The answer to a request; one that failed is `{ok: false, error}` like any refusal. */
export async function post(name, body) {
  try {
    const response = await fetch(`/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Playground": "1" },
      body: JSON.stringify(body),
    });
    if (response.ok) return await response.json();
    return { ok: false, error: `The playground answered ${response.status} to ${name}.` };
  } catch {
    return { ok: false, error: UNREACHABLE };
  }
}
