"""Facts about what was learned: drivers, gains, profit, reliability, the verdict."""
