/**
 * The path of the app's root, with slashes around it: "/", or below a reverse proxy's path such as "/user/ada/viz/".
 * The built files lie in a folder of the root, so their own address tells it; nothing has to be configured.
 */
export const APP_ROOT = import.meta.env.DEV ? '/' : rootOf(import.meta.url);

/** The root of an app of which a built file has this address. */
export function rootOf(file: string): string {
  return new URL('..', file).pathname;
}

/** The address of what the server has at a path, such as "/graphql". */
export function address(path: string): string {
  return APP_ROOT + path.replace(/^\//, '');
}
