import shutil, sys
from pathlib import Path
import pytest
from streamlit.testing.v1 import AppTest
import dashboard
from dashboard.access import Role, roles
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.shell import visit
APP = str(Path(dashboard.__file__).parent / "app.py")
roles.PAGES = tuple(p for p in roles.PAGES if (Path(APP).parents[1]/"pages"/f"{p.path}.py").exists())
@pytest.mark.parametrize("role",[Role.MANAGER,Role.REGIONAL_LEAD,Role.CASE_MANAGER])
@pytest.mark.parametrize("which",["made","empty"])
def test_it(monkeypatch, made_up_database, empty_database, tmp_path, role, which):
    url = made_up_database if which=="made" else f"sqlite:///{shutil.copy(empty_database, tmp_path/'e.sqlite')}"
    monkeypatch.setenv("DRIVE_DATABASE_URL", url); monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
    visit.store.clear()
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.switch_page("../pages/risk.py"); app.run()
    assert not app.exception, app.exception
    assert not app.error
    print(role, which, [t.value for t in app.title], [t.value for t in app.header])
    if which=="made":
        frames=[e for e in app.dataframe]
        print(len(frames))
        for key in ("high_risk_rate","risk_reduced_rate","marac_repeat_rate"):
            app.segmented_control(key="risk-measure").set_value(key) if hasattr(app,"segmented_control") else app.button_group(key="risk-measure").set_value([key])
            app.run(); assert not app.exception, app.exception
            print(key, app.header[0].value)
        app.query_params["area"]=["E07000178"]; app.run(); assert not app.exception, app.exception; print([t.value for t in app.title], [t.value for t in app.header])
        app.query_params["as_at"]=["2024-06-10"]; app.run(); assert not app.exception, app.exception; print([t.value for t in app.title], [t.value for t in app.header])
