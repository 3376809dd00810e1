// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it.
export {};
