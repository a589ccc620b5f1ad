import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Two pages for production, from the same parts. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    target: "es2023",
    rolldownOptions: { input: ["tanstack.html", "arborist.html"] },
  },
});
