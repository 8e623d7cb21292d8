// One thing that was pressed, kept in this tab until the server has it, also over a reload.

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // blocked: it lives as long as the page
  }
}

export function keptAs(name) {
  const place = `${name}:${location.pathname}`;
  let value = storage((store) => JSON.parse(store.getItem(place)));
  return {
    get: () => value,
    set(next) {
      value = next;
      storage((store) => (next ? store.setItem(place, JSON.stringify(next)) : store.removeItem(place)));
    },
  };
}

// Posts it as the page's own form would; throws where nobody answered, so that it is sent again.
export async function post({ action, body }, signal) {
  const response = await fetch(action, {
    method: "POST",
    body: new URLSearchParams(body),
    headers: { "X-Live": "1" },
    signal,
  });
  if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
  return response;
}
