// Runs before the first paint: marks that scripts work and settles the theme that follows the device.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const settle = () => {
    if (root.dataset.theme === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  settle();
  dark.addEventListener("change", settle);
})();
