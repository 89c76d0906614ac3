"""The actions of referrals on a real database."""
