from trenza.apps.people.api import Account, grant_role, withdraw_role
from trenza.apps.people.backends import RoleBackend


def test_office_permission_follows_the_role_of_the_moment(person):
    ana = person("Ana")
    account = Account.objects.get(person=ana)
    assert not account.has_perm("wagtailadmin.access_admin")

    grant = grant_role(person=ana, role="coordinator", by=None)
    assert account.has_perm("wagtailadmin.access_admin")
    assert not account.has_perm("wagtailcore.publish_page")

    withdraw_role(grant=grant, by=None)
    assert not account.has_perm("wagtailadmin.access_admin")


def test_backend_knows_no_password_and_no_closed_account(person):
    person("Ana")
    account = Account.objects.get()
    account.set_password("secreto")
    account.save()
    assert RoleBackend().authenticate(None, username=account.email, password="secreto") is None
    assert RoleBackend().get_user(account.pk) == account

    Account.objects.update(is_active=False)
    assert RoleBackend().get_user(account.pk) is None
