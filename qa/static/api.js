// The page's way to the server: the same queue and endpoints that every other client uses.

// This file lies in `chat/` below the root, wherever a proxy has put that.
const base = new URL("..", import.meta.url);

async function failure(response) {
  const body = await response.json().catch(() => ({}));
  return new Error(body.detail || `${response.status} ${response.statusText}`);
}

// Calls an endpoint; `onStep` sees what a generator yields on the way. Resolves to the last value.
export async function call(name, data, { onStep, signal } = {}) {
  const posted = await fetch(new URL(`gradio_api/call/${name}`, base), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ data }),
    signal,
  });
  if (!posted.ok) throw await failure(posted);
  const { event_id: id } = await posted.json();
  const stream = await fetch(new URL(`gradio_api/call/${name}/${id}`, base), { signal });
  if (!stream.ok) throw await failure(stream);
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return last;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const kind = /^event: (.*)$/m.exec(event)?.[1];
      const text = /^data: (.*)$/m.exec(event)?.[1];
      const payload = text ? JSON.parse(text) : null;
      if (kind === "error") throw new Error(payload?.error || payload || "error");
      if (kind === "generating" && payload) onStep?.((last = payload[0]));
      if (kind === "complete" && payload?.length) last = payload[0];
    }
  }
}

// Sends files to the server's temporary room; resolves to what the `add` endpoint takes.
export function upload(file) {
  const form = new FormData();
  form.append("files", file, file.name);
  return fetch(new URL("gradio_api/upload", base), { method: "POST", body: form }).then(
    async (response) => {
      if (!response.ok) throw await failure(response);
      const [path] = await response.json();
      return { path, orig_name: file.name, size: file.size, meta: { _type: "gradio.FileData" } };
    },
  );
}

export const setup = () => fetch(new URL("chat/setup", base)).then((answer) => answer.json());
