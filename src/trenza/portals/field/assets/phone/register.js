// The worker of this phone: registers it, and has it keep the lesson that is open since before there was one.
const workers = navigator.serviceWorker;

// Tells the worker something, once there is one. See worker/answer.js for what it understands.
export const tell = async (message) => {
  const { active } = await workers.ready;
  active.postMessage(message);
};

// Resolves with the registration; null where there can be none (an old browser, a private window).
export const register = async () => {
  if (!workers) return null;
  try {
    const first = !workers.controller;
    const registration = await workers.register("/trabajador.js");
    if (first) await tell({ keep: location.pathname });
    return registration;
  } catch {
    return null;
  }
};
