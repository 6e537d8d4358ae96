"""Pages of HTML that need nothing but themselves: no network, no scripts."""
