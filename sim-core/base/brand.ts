/** A nominal type: a `NodeId` and a `LinkId` are both numbers and still cannot be swapped. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
