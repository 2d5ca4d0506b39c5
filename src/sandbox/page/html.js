import { h } from 'preact';
import htm from 'htm';

/** Tagged template for markup. Every interpolated string becomes a text node, so nothing is ever parsed as HTML. */
export const html = htm.bind(h);

/** Joins the class names that apply. */
export const cx = (...names) => names.filter(Boolean).join(' ');
